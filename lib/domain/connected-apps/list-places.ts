import { and, asc, inArray, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { environments } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import { getOrganization } from '../organizations/get-organization.ts'
import { listOrganizationsOf } from '../organizations/list-organizations-of.ts'
import type { Actor } from '../permissions/actor.ts'

/** Where a scope of an app acting for itself may be good. */
export type Place = {
  organizationId: Id<'organization'>
  name: string
  /** What stands above it, from the residence down; none above the residence itself. */
  above: string[]
  environments: Array<{ id: Id<'environment'>; name: string }>
}

/**
 * The organizations in which a scope of an app residing here may be used, as far as the actor sees them: the residence and
 * what lies below it, parents first, each with its environments. All of them: an organization has a bounded number of
 * business groups.
 */
export async function listPlaces(actor: Actor, residenceId: Id<'organization'>): Promise<Place[]> {
  await getOrganization(actor, residenceId)
  const seen = await listOrganizationsOf(actor)
  const inside = new Map<string, Place>()
  // Parents stand before what lies below them.
  for (const { id, name, parentId } of seen) {
    const parent = parentId === null ? undefined : inside.get(parentId)
    if (id !== residenceId && !parent) continue
    const above = parent && id !== residenceId ? [...parent.above, parent.name] : []
    inside.set(id, { organizationId: id, name, above, environments: [] })
  }
  const labels = await database()
    .select({
      id: environments.id,
      name: environments.name,
      organizationId: environments.organizationId,
    })
    .from(environments)
    .where(
      and(
        inArray(
          environments.organizationId,
          [...inside.values()].map(({ organizationId }) => organizationId),
        ),
        isNull(environments.endedAt),
      ),
    )
    .orderBy(asc(sql`lower(${environments.name})`))
  for (const { organizationId, ...label } of labels) inside.get(organizationId)?.environments.push(label)
  return [...inside.values()]
}
