import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopeSet } from '../../base/scope-set.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { type AuthorizeAppInput, authorizeAppSchema } from './schema.ts'

/**
 * Records that a person said no on the consent page. Nothing that stands is touched: the yes they may have given before
 * lives on. Only a person with a place in the organization can.
 */
export async function denyApp(actor: Actor, input: AuthorizeAppInput): Promise<void> {
  const { appId, rootOrganizationId, scopes } = parse(authorizeAppSchema, input)
  if (actor.kind !== 'user' || actor.through) {
    throw new Refusal('forbidden', 'Only a person can answer an app, and only for themselves.')
  }
  await transaction(async (tx) => {
    await checkInRoot(tx, actor, rootOrganizationId, 'organizations.view')
    const [app] = await tx
      .select({ id: connectedApps.id, name: connectedApps.name })
      .from(connectedApps)
      .where(eq(connectedApps.id, appId))
    if (!app) throw new Refusal('not-found', 'There is no such app here.')
    await record(tx, actor, {
      name: 'authorization.denied',
      rootOrganizationId,
      appId,
      subject: app,
      details: { scopes: scopeSet(scopes) },
    })
  })
}
