import type { Transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { PERMISSIONS, type Permission } from '../permissions/catalogue.ts'
import { may, type Place } from '../permissions/may.ts'
import { type Standing, standingOf } from '../permissions/standing.ts'
import { SCOPE_OF_ITSELF } from './scopes.ts'

export type Right = { scope: string; organizationId: Id<'organization'> }

/**
 * Nobody gives an app a right they do not hold in that organization: for a scope of our own API they hold every
 * permission it stands for there, for one of another API they may create apps there. Refuses the first one missing.
 */
export async function checkRightsToGive(
  tx: Transaction,
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
  rights: readonly Right[],
  sentence: (scope: string) => string,
): Promise<void> {
  const standings = new Map<string, Standing>()
  for (const { scope, organizationId } of rights) {
    const standing = standings.get(organizationId) ?? (await standingOf(tx, actor, organizationId))
    standings.set(organizationId, standing)
    if (!mayGive(actor, scope, { organizationId, rootOrganizationId }, standing)) {
      throw new Refusal('forbidden', sentence(scope), { contexts: sentence(scope) })
    }
  }
}

/** Whether the actor holds there what the scope stands for. Pure. */
export function mayGive(actor: Actor, scope: string, place: Place, standing: Standing): boolean {
  if (scope === SCOPE_OF_ITSELF) return true
  const meant = permissionsOf(scope)
  if (meant.length > 0) return meant.every((permission) => may(actor, permission, place, standing))
  return may(actor, 'connected-apps.create', place, standing) && tokenHolds(actor, scope, place)
}

function permissionsOf(scope: string): Permission[] {
  const names = Object.keys(PERMISSIONS) as Permission[]
  return names.filter((name) => PERMISSIONS[name].scope === scope)
}

function tokenHolds(actor: Actor, scope: string, place: Place): boolean {
  switch (actor.kind) {
    case 'system':
      return true
    case 'user':
      return !actor.through || actor.through.scopes.includes(scope)
    case 'app':
      return actor.contexts.some(
        (held) => held.scope === scope && held.organizationId === place.organizationId,
      )
  }
}
