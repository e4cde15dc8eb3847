import type { Transaction } from '#db/client'
import { memberships, organizationAncestors, organizations } from '#db/schema/organizations'
import { type Id, newId } from '../../base/ids.ts'
import { settleHome } from '../users/settle-home.ts'

/** Writes the rows of a new root organization: itself, its own ancestor, and its owner as its administrator. */
export async function plantOrganization(
  tx: Transaction,
  given: { name: string; ownerId: Id<'user'>; website?: string },
): Promise<Id<'organization'>> {
  const id = newId('organization')
  await tx.insert(organizations).values({ id, rootOrganizationId: id, ...given })
  await tx.insert(organizationAncestors).values({ organizationId: id, ancestorId: id, depth: 0 })
  await tx.insert(memberships).values({
    id: newId('membership'),
    userId: given.ownerId,
    organizationId: id,
    rootOrganizationId: id,
    role: 'administrator',
  })
  await settleHome(tx, given.ownerId, id)
  return id
}
