import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { authorizations, tokenFamilies } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { AppActor } from '../permissions/actor.ts'

export type OpenFamily = {
  id: Id<'tokenFamily'>
  endedAt: Date | null
  app: { id: Id<'app'>; name: string }
  rootOrganizationId: Id<'organization'>
}

/**
 * Holds a token family to end it, its row locked until the transaction ends. Only the app that holds its tokens may:
 * to any other it is not there.
 */
export async function openTokenFamily(
  tx: Transaction,
  actor: AppActor,
  familyId: Id<'tokenFamily'>,
): Promise<OpenFamily> {
  const [family] = await tx
    .select({
      id: tokenFamilies.id,
      endedAt: tokenFamilies.endedAt,
      app: { id: connectedApps.id, name: connectedApps.name },
      rootOrganizationId: authorizations.rootOrganizationId,
    })
    .from(tokenFamilies)
    .innerJoin(authorizations, eq(authorizations.id, tokenFamilies.authorizationId))
    .innerJoin(connectedApps, and(eq(connectedApps.id, authorizations.appId), isNull(connectedApps.endedAt)))
    .where(eq(tokenFamilies.id, familyId))
    .for('update', { of: tokenFamilies })
  if (family?.app.id !== actor.appId) throw new Refusal('not-found', 'There is no such token family.')
  return family
}
