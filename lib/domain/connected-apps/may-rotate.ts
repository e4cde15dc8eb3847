import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { may } from '../permissions/may.ts'
import { NO_STANDING, type Standing } from '../permissions/standing.ts'
import { mayGive, type Right } from './check-rights-to-give.ts'
import { mayRotateForRoot } from './may-rotate-for-root.ts'
import { keepsCredentialsForRoot } from './rules.ts'

type Place = {
  organizationId: Id<'organization'>
  rootOrganizationId: Id<'organization'>
  ownerId: Id<'user'>
  introspectsOrganization: boolean
}

/**
 * Whether the actor may make and have a secret of an app: the permission, every right that the app has, and, for one that
 * introspects the whole root organization, the same permission there. The same as
 * `openApp` and `refuseToReachFurther` ask of one app, for many at once. Pure.
 */
export function mayRotate(
  actor: Actor,
  { organizationId, rootOrganizationId, ownerId, introspectsOrganization }: Place,
  rights: readonly Right[],
  standings: ReadonlyMap<string, Standing>,
): boolean {
  const at = (place: Id<'organization'>) => standings.get(place) ?? NO_STANDING
  const place = { organizationId, rootOrganizationId, ownerId }
  return (
    may(actor, 'connected-apps.rotate-secret', place, at(organizationId)) &&
    (!keepsCredentialsForRoot({ introspectsOrganization }) ||
      mayRotateForRoot(actor, rootOrganizationId, at(organizationId))) &&
    rights.every((right) =>
      mayGive(
        actor,
        right.scope,
        { organizationId: right.organizationId, rootOrganizationId },
        at(right.organizationId),
      ),
    )
  )
}
