import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { type Id, uuidOf } from '../../base/ids.ts'

type Whose = { userId: Id<'user'>; rootOrganizationId: Id<'organization'> }

/** A person's present place in a root organization, as a value to insert: a yes hangs on it, and ends with it for good. */
export function presentMembership(of: Whose): SQL<Id<'membership'>> {
  return sql`(select ${memberships.id} from ${memberships} where ${memberships.userId} = ${uuidOf(of.userId)}
    and ${memberships.organizationId} = ${uuidOf(of.rootOrganizationId)} and ${memberships.endedAt} is null)`
}

/** Holds that place, if there is one, until the transaction ends: who leaves meanwhile has left before, or leaves after. */
export async function holdPlace(tx: Transaction, of: Whose): Promise<void> {
  await tx.execute(sql`${presentMembership(of)} for share`)
}
