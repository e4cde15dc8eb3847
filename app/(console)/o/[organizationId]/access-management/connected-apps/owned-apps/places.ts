import type { PlaceChoice } from '#components/connected-apps/places-field'
import type { Id } from '#lib/base/ids'
import { getOrganization } from '#lib/domain/organizations/get-organization'
import { listOrganizationsOf } from '#lib/domain/organizations/list-organizations-of'
import type { UserActor } from '#lib/domain/permissions/actor'

/** More than a menu can show; larger organizations place their apps over the API. */
const PLACES_SHOWN_MAX = 100

/**
 * The organizations in which a scope of an app residing here may be used, as far as this person governs them: the
 * residence and what lies below it, each with its environments.
 */
export async function placesBelow(actor: UserActor, residenceId: Id<'organization'>): Promise<PlaceChoice[]> {
  const all = await listOrganizationsOf(actor)
  const inside = new Set<string>([residenceId])
  // Parents stand before what lies below them.
  for (const { id, parentId } of all) if (parentId && inside.has(parentId)) inside.add(id)
  const below = all.filter(({ id }) => inside.has(id)).slice(0, PLACES_SHOWN_MAX)
  const details = await Promise.all(below.map(({ id }) => getOrganization(actor, id)))
  const names = new Map<string, string>(all.map(({ id, name }) => [id, name]))
  const parents = new Map<string, string | null>(all.map(({ id, parentId }) => [id, parentId]))
  return details.map(({ id, name, environments }) => ({
    organizationId: id,
    name,
    within: id === residenceId ? null : (names.get(parents.get(id) ?? '') ?? null),
    environments,
  }))
}
