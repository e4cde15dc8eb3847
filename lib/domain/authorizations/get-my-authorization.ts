import { and, eq } from 'drizzle-orm'
import { database } from '#db/client'
import { liveAuthorizations } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { type Id, isId } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { countEffect } from '../installations/count-effect.ts'
import type { Effect } from '../installations/schema.ts'
import type { Actor } from '../permissions/actor.ts'

export type MyAuthorizationToRemove = {
  authorizationId: Id<'authorization'>
  app: { id: Id<'app'>; name: string }
  organization: { id: Id<'organization'>; name: string }
  /** What removing it would end now. */
  effect: Effect
}

/** One of the person's own authorizations, with what removing it would end. One that ended, or somebody else's, is not found. */
export async function getMyAuthorization(
  actor: Actor,
  authorizationId: Id<'authorization'>,
): Promise<MyAuthorizationToRemove> {
  const absent = new Refusal('not-found', 'You have no such authorization (any more).')
  if (actor.kind !== 'user' || actor.through || !isId('authorization', authorizationId)) throw absent
  const db = database()
  const [row] = await db
    .select({
      authorizationId: liveAuthorizations.id,
      app: { id: connectedApps.id, name: connectedApps.name },
      organization: { id: organizations.id, name: organizations.name },
    })
    .from(liveAuthorizations)
    .innerJoin(connectedApps, eq(connectedApps.id, liveAuthorizations.appId))
    .innerJoin(organizations, eq(organizations.id, liveAuthorizations.rootOrganizationId))
    .where(and(eq(liveAuthorizations.id, authorizationId), eq(liveAuthorizations.userId, actor.userId)))
  if (!row) throw absent
  return { ...row, effect: await countEffect(db, { authorizationId }) }
}
