import { type SQL, sql } from 'drizzle-orm'
import { type Id, uuidOf } from '../../base/ids.ts'

/** Whether the app `c` resides in an organization or below it. */
export function residesWithin(organizationId: Id<'organization'>): SQL {
  return sql`c.ended_at is null and c.organization_id in (
    select organization_id from organization_ancestors where ancestor_id = ${uuidOf(organizationId)}::uuid)`
}
