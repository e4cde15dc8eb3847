import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { may } from '../permissions/may.ts'
import type { Standing } from '../permissions/standing.ts'

/**
 * Whether the actor may rotate secrets in the root organization itself, told by their standing in any organization of it: what
 * the secret of an app asks that introspects every token of the root, wherever it resides and whoever owns it. Pure.
 */
export function mayRotateForRoot(
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
  standing: Standing,
): boolean {
  const inRoot = { organizationId: rootOrganizationId, rootOrganizationId }
  const roles = standing.rootRole ? [standing.rootRole] : []
  return may(actor, 'connected-apps.rotate-secret', inRoot, { ...standing, roles })
}
