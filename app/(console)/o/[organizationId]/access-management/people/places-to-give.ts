import type { Id } from '#lib/base/ids'
import { listOrganizationsOf } from '#lib/domain/organizations/list-organizations-of'
import type { UserActor } from '#lib/domain/permissions/actor'

export type PlaceToGive = { id: Id<'organization'>; name: string; isRoot: boolean }

/** The organizations from this one downwards in which the person may give places, each after the one above it. */
export async function placesToGive(
  actor: UserActor,
  organizationId: Id<'organization'>,
): Promise<PlaceToGive[]> {
  const organizations = await listOrganizationsOf(actor)
  const parents = new Map(organizations.map(({ id, parentId }) => [id, parentId]))
  const isWithin = (id: Id<'organization'> | null | undefined): boolean =>
    id !== null && id !== undefined && (id === organizationId || isWithin(parents.get(id)))
  return organizations
    .filter(({ id, role }) => role === 'administrator' && isWithin(id))
    .map(({ id, name, isRoot }) => ({ id, name, isRoot }))
}
