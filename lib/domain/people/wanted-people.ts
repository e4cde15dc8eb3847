import { type SQL, sql } from 'drizzle-orm'
import { uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { counts, type Reach } from './reach.ts'
import type { WantedPeople } from './schema.ts'

/** Whether a person `u` is within reach and matches. */
export function wantedPeople({ search, filters }: WantedPeople, reach: Reach): SQL {
  const pattern = search ? likePattern(search) : null
  const role = filters.role ? sql`and m.role = ${filters.role}` : sql``
  const within = filters.placeId
    ? sql`and exists (select from organization_ancestors below
        where below.organization_id = m.organization_id and below.ancestor_id = ${uuidOf(filters.placeId)}::uuid)`
    : sql``
  return sql`u.ended_at is null
    and exists (select from memberships m
      where m.user_id = u.id and m.ended_at is null and ${counts(reach)} ${role} ${within})
    ${pattern ? sql`and (u.full_name ilike ${pattern} or u.username ilike ${pattern} or u.email ilike ${pattern})` : sql``}
    ${filters.state ? sql`and ${stateOf(reach)} = ${filters.state}` : sql``}`
}

/** Active where it says nothing else; a guest's home is elsewhere. */
export function stateOf({ rootOrganizationId }: Reach): SQL {
  return sql`case when u.deactivated_at is not null then 'deactivated'
    when u.home_organization_id <> ${uuidOf(rootOrganizationId)}::uuid then 'guest' else 'active' end`
}
