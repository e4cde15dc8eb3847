import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Organization } from '../organizations/open-organization.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'

/** Refuses a new parent that stands in another tree than the business group. That tree is not held, only asked whether it may be named. */
export async function refuseOtherTree(
  tx: Database | Transaction,
  actor: Actor,
  group: Organization,
  parentId: Id<'organization'>,
): Promise<void> {
  const [parent] = await tx
    .select({ rootOrganizationId: organizations.rootOrganizationId })
    .from(organizations)
    .where(and(eq(organizations.id, parentId), isNull(organizations.endedAt)))
  if (!parent) throw await absentOrganization(tx, actor)
  const { rootOrganizationId } = parent
  if (rootOrganizationId === group.rootOrganizationId) return
  const place = { organizationId: parentId, rootOrganizationId }
  await checkOrganization(tx, actor, 'organizations.create-business-group', place)
  const sentence = 'A business group stays in its root organization.'
  throw new Refusal('invalid', sentence, { parentId: sentence })
}
