import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { approvalRequests } from '#db/schema/allowlist'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopeSet, scopesBeyond } from '../../base/scope-set.ts'
import { record } from '../audit/record.ts'
import { refuseOwnGain } from '../connected-apps/refuse-own-gain.ts'
import { markUnblocked } from '../installations/mark-unblocked.ts'
import { openInstallation } from '../installations/open-installation.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { growEntry } from './grow-entry.ts'
import { openAllowlist } from './open-allowlist.ts'
import { findRequestRoot, openRequest } from './open-request.ts'
import { type ApproveRequestInput, approveRequestSchema } from './schema.ts'

/**
 * Approves a request: the app's entry grows by what was asked then, or by the scopes chosen of it, and by nothing else.
 * Nobody has consented yet: that stays with each person. `alsoUnblock` lifts the app’s block in the same breath. Refuses a request that was answered meanwhile (of two
 * administrators one approves), is too old, or whose app was changed since the page was drawn; and an app's token that
 * would approve itself.
 */
export async function approveRequest(
  actor: Actor,
  input: ApproveRequestInput,
): Promise<{ scopes: string[] }> {
  const { requestId, scopes, expectedAppVersion, alsoUnblock } = parse(approveRequestSchema, input)
  return transaction(async (tx) => {
    const rootOrganizationId = await findRequestRoot(tx, actor, requestId, 'allowlist.approve')
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.approve')
    const request = await openRequest(tx, requestId)
    const named = { rootOrganizationId, appId: request.appId }
    // Always the policy before the installation: the order in which a consent holds them.
    const blocked = alsoUnblock ? await openInstallation(tx, actor, named, 'installations.block') : null
    await refuseOwnGain(tx, actor, request.appId)
    if (expectedAppVersion !== undefined && expectedAppVersion !== request.app.version) {
      throw new Refusal(
        'conflict',
        `${request.app.name} was changed just now. Look at it again, then decide.`,
      )
    }
    const chosen = scopeSet(scopes ?? request.scopes)
    refuseUnasked(chosen, request.scopes)
    const grown = await growEntry(tx, actor, allowlist, {
      appId: request.appId,
      scopes: chosen,
      origin: 'request',
    })
    await tx
      .update(approvalRequests)
      .set({
        answer: 'approved',
        answeredAt: sql`now()`,
        answeredBy: personOf(actor),
        approvedScopes: request.scopes.filter((scope) => grown.scopes.includes(scope)),
      })
      .where(eq(approvalRequests.id, requestId))
    if (blocked && (await markUnblocked(tx, blocked))) {
      await record(tx, actor, { name: 'installation.unblocked', ...named, subject: blocked.app })
    }
    await record(tx, actor, {
      name: 'allowlist.request-approved',
      rootOrganizationId,
      appId: request.appId,
      subject: { id: request.app.id, name: request.app.name },
      details: { requestId, asked: request.scopes, added: grown.added, scopes: grown.scopes },
    })
    return { scopes: grown.scopes }
  })
}

function refuseUnasked(chosen: readonly string[], asked: readonly string[]): void {
  const [unasked] = scopesBeyond(chosen, asked)
  if (unasked !== undefined) {
    const sentence = `Nobody asked for ${unasked} here.`
    throw new Refusal('invalid', sentence, { scopes: sentence })
  }
  if (chosen.length === 0 && asked.length > 0) {
    const sentence = 'Choose at least one scope, or decline.'
    throw new Refusal('invalid', sentence, { scopes: sentence })
  }
}
