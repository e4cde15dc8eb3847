import { type SQL, sql } from 'drizzle-orm'
import { memberships } from '#db/schema/organizations'
import { type Id, uuidOf } from '../../base/ids.ts'

/** A person's present place in a root organization, as a value to insert: a yes hangs on it, and ends with it for good. */
export function presentMembership(of: {
  userId: Id<'user'>
  rootOrganizationId: Id<'organization'>
}): SQL<Id<'membership'>> {
  return sql`(select ${memberships.id} from ${memberships} where ${memberships.userId} = ${uuidOf(of.userId)}
    and ${memberships.organizationId} = ${uuidOf(of.rootOrganizationId)} and ${memberships.endedAt} is null)`
}
