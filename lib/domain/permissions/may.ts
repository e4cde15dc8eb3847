import type { Id } from '../../base/ids.ts'
import type { Actor } from './actor.ts'
import { type Holder, PERMISSIONS, type Permission, type Row } from './catalogue.ts'
import type { Standing } from './standing.ts'

/** Where a permission is asked for: an organization, and the owner of the app if it is about one. */
export type Place = {
  organizationId: Id<'organization'>
  rootOrganizationId: Id<'organization'>
  ownerId?: Id<'user'>
  /** Who owns the root organization, where it matters. */
  rootOwnerId?: Id<'user'> | null
}

/** Whether the actor may do this here: the catalogue's row applied to what is known of the actor. Pure. */
export function may(actor: Actor, permission: Permission, place: Place, standing: Standing): boolean {
  const row: Row = PERMISSIONS[permission]
  switch (actor.kind) {
    case 'system':
      return true
    case 'app':
      return (
        row.scope !== null &&
        !row.never?.includes('own') &&
        actor.contexts.some(
          (held) => held.scope === row.scope && held.organizationId === place.organizationId,
        )
      )
    case 'user': {
      const { through } = actor
      if (actor.byPassword && row.never?.includes('password')) return false
      if (through) {
        if (row.scope === null || !through.scopes.includes(row.scope)) return false
        if (through.rootOrganizationId !== place.rootOrganizationId) return false
      }
      return row.heldBy.some((holder) => holds(holder, actor.userId, place, standing))
    }
  }
}

function holds(holder: Holder, userId: Id<'user'>, place: Place, standing: Standing): boolean {
  switch (holder) {
    case 'administrator':
      return standing.roles.includes('administrator')
    case 'root-administrator':
      return standing.rootRole === 'administrator'
    case 'root-owner':
      return standing.rootRole === 'administrator' && place.rootOwnerId === userId
    case 'developer':
      return standing.roles.includes('developer')
    case 'owning-developer':
      return standing.roles.includes('developer') && place.ownerId === userId
    case 'member':
      return standing.rootRole !== null
    case 'placed':
      return standing.isPlaced
    case 'reviewer':
      return standing.isReviewer
    case 'operator':
      return standing.isOperator
  }
}
