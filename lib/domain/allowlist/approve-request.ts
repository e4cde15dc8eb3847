import { eq, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { approvalRequests } from '#db/schema/allowlist'
import { type Id, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopeSet, scopesBeyond } from '../../base/scope-set.ts'
import { record } from '../audit/record.ts'
import { describeScopes } from '../connected-apps/describe-scopes.ts'
import { refuseOwnGain } from '../connected-apps/refuse-own-gain.ts'
import { markUnblocked } from '../installations/mark-unblocked.ts'
import { openInstallation } from '../installations/open-installation.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { PERMISSIONS, type Permission } from '../permissions/catalogue.ts'
import { mayInRoot } from '../permissions/may-in-root.ts'
import { findEntryGroup } from './find-entry-group.ts'
import { outsidersOf } from './for-whom.ts'
import { growEntry } from './grow-entry.ts'
import { holdBlock } from './hold-block.ts'
import { limitsSaid } from './limits-said.ts'
import { openAllowlist } from './open-allowlist.ts'
import { type Entry, findEntry } from './open-entry.ts'
import { findRequestRoot, type OpenedRequest, openRequest, refuseClosed } from './open-request.ts'
import { signatureOf } from './request-mails.ts'
import { type ApproveRequestInput, approveRequestSchema } from './schema.ts'
import { setEntryLimits } from './set-entry-limits.ts'
import { tellRequesters } from './tell-requesters.ts'

/**
 * Approves a request: the app's entry grows by what was asked then, or by the scopes chosen of it, and by nothing else.
 * A new entry may have an end, and be for a group; whom an entry is for is not a reviewer's to say. Nobody has consented yet: that stays with each person, and they are told by
 * mail. `alsoUnblock` lifts the app’s block in the same breath; without it, a blocked app is not approved. Refuses a request that was answered meanwhile
 * (of two administrators one approves), is too old, or whose app was changed since the page was drawn or is no longer open to people of the organization; a choice that holds nothing new; an entry for a group that somebody who asks is not in; and an
 * app's token that would approve itself.
 */
export async function approveRequest(
  actor: Actor,
  input: ApproveRequestInput,
): Promise<{ scopes: string[] }> {
  const { requestId, scopes, expectedAppVersion, alsoUnblock, ...chosenLimits } = parse(
    approveRequestSchema,
    input,
  )
  return transaction(async (tx) => {
    const rootOrganizationId = await findRequestRoot(tx, actor, requestId, 'allowlist.approve')
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.approve')
    if (chosenLimits.groupId || chosenLimits.openToEveryone)
      await refuseWithout(tx, actor, rootOrganizationId, 'allowlist.change-entries')
    if (alsoUnblock) await refuseWithout(tx, actor, rootOrganizationId, 'installations.block')
    const request = await openRequest(tx, requestId)
    refuseClosed(request)
    const named = { rootOrganizationId, appId: request.appId }
    // Always the policy before the installation: the order in which a consent holds them.
    const blocked = alsoUnblock ? await openInstallation(tx, actor, named, 'installations.block') : null
    if (!alsoUnblock) await refuseBlocked(tx, actor, request)
    await refuseOwnGain(tx, actor, request.appId)
    if (expectedAppVersion !== undefined && expectedAppVersion !== request.app.version) {
      throw new Refusal(
        'conflict',
        `${request.app.name} was changed just now. Look at it again, then decide.`,
      )
    }
    const chosen = scopeSet(scopes ?? request.scopes)
    refuseUnasked(chosen, request.scopes)
    const entry = await findEntry(tx, allowlist, request.appId)
    const group =
      chosenLimits.groupId && !entry
        ? await findEntryGroup(tx, rootOrganizationId, chosenLimits.groupId)
        : null
    const isOpened =
      entry !== null && (await admitOutsiders(tx, actor, request, entry, chosenLimits.openToEveryone))
    refuseNothing({ chosen, asked: request.scopes, held: entry?.scopes ?? [], isOpened })
    if (group) await refuseOutsiders(tx, request, group)
    const limits = { endsAt: chosenLimits.endsAt, group }
    const grown = await growEntry(tx, actor, allowlist, {
      app: { id: request.app.id, name: request.app.name },
      scopes: chosen,
      approving: requestId,
      limits,
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
    if (!grown.answered.includes(requestId)) {
      const refused = await describeScopes(tx, scopesBeyond(request.scopes, grown.scopes))
      await tellRequesters(tx, [requestId], {
        kind: 'approved',
        by: signatureOf(actor),
        refused: refused.map(({ title }) => title),
        endsAt: grown.endsAt,
      })
    }
    await record(tx, actor, {
      name: 'allowlist.request-approved',
      rootOrganizationId,
      appId: request.appId,
      subject: { id: request.app.id, name: request.app.name },
      details: {
        requestId,
        version: grown.version,
        asked: request.scopes,
        added: grown.added,
        scopes: grown.scopes,
        ...(grown.isNew && limitsSaid(limits)),
      },
    })
    return { scopes: grown.scopes }
  })
}

/** What is more than answering. Whoever may answer knows that the request is there, so this is no secret to them. */
async function refuseWithout(
  tx: Transaction,
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
  permission: Permission,
): Promise<void> {
  if (await mayInRoot(tx, actor, rootOrganizationId, permission)) return
  throw new Refusal('forbidden', `You need another role for this: ${PERMISSIONS[permission].sentence}`)
}

/** An approval that people are told of lets them in: a blocked app lets in nobody. */
async function refuseBlocked(tx: Transaction, actor: Actor, request: OpenedRequest): Promise<void> {
  if (!(await holdBlock(tx, request))) return
  const mayUnblock = await mayInRoot(tx, actor, request.rootOrganizationId, 'installations.block')
  throw new Refusal(
    'conflict',
    mayUnblock
      ? `${request.app.name} is blocked. Lift the block with the approval, or decline the request.`
      : `${request.app.name} is blocked. An administrator of the organization has to unblock it first.`,
  )
}

/**
 * Whoever waits outside the group that the entry is for would be blocked again: refused, unless it is opened with this. Says
 * whether it was.
 */
async function admitOutsiders(
  tx: Transaction,
  actor: Actor,
  request: OpenedRequest,
  entry: Entry,
  openToEveryone: boolean,
): Promise<boolean> {
  if (!entry.group || !(await hasOutsiders(tx, request, entry.group.id))) return false
  if (!openToEveryone) {
    const sentence = `${entry.app.name} is allowlisted for the group ${entry.group.name}, and somebody who asks is not in it. Add them to the group, or open the entry to everyone.`
    throw new Refusal('invalid', sentence, { openToEveryone: sentence })
  }
  const { rootOrganizationId, appId } = request
  const changed = await setEntryLimits(tx, actor, entry, { endsAt: entry.endsAt, group: null })
  await record(tx, actor, {
    name: 'allowlist.entry-limited',
    rootOrganizationId,
    appId,
    subject: entry.app,
    details: { version: entry.version + 1, changed },
  })
  return true
}

/** A new entry for a group that somebody who waits is not in would help them no more. */
async function refuseOutsiders(
  tx: Transaction,
  request: OpenedRequest,
  group: { id: Id<'group'>; name: string },
): Promise<void> {
  if (!(await hasOutsiders(tx, request, group.id))) return
  const sentence = `Somebody who asks is not in the group ${group.name}, and would be stopped again. Add them to it, or choose everyone.`
  throw new Refusal('invalid', sentence, { groupId: sentence })
}

async function hasOutsiders(tx: Transaction, { id }: OpenedRequest, groupId: Id<'group'>): Promise<boolean> {
  const outsiders = await tx.execute(outsidersOf(sql`${uuidOf(groupId)}::uuid`, sql`${uuidOf(id)}::uuid`))
  return outsiders.length > 0
}

function refuseUnasked(chosen: readonly string[], asked: readonly string[]): void {
  const [unasked] = scopesBeyond(chosen, asked)
  if (unasked !== undefined) {
    const sentence = `Nobody asked for ${unasked} here.`
    throw new Refusal('invalid', sentence, { scopes: sentence })
  }
}

/**
 * People would be told of an approval that lets them do nothing more: something new has to be chosen, or, where the entry is opened
 * to them, something of what they asked for has to be in it.
 */
function refuseNothing({
  chosen,
  asked,
  held,
  isOpened,
}: {
  chosen: readonly string[]
  asked: readonly string[]
  held: readonly string[]
  isOpened: boolean
}): void {
  const isGained = isOpened
    ? asked.length === 0 || asked.some((scope) => held.includes(scope) || chosen.includes(scope))
    : scopesBeyond(asked, held).length === 0 || scopesBeyond(chosen, held).length > 0
  if (isGained) return
  const sentence = 'Choose at least one scope, or decline.'
  throw new Refusal('invalid', sentence, { scopes: sentence })
}
