import { and, eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { groupMembers, groups } from '#db/schema/people'
import type { Id } from '../../base/ids.ts'

/** Takes somebody who leaves out of every group of those root organizations: coming back brings none of them back. */
export async function leaveGroups(
  tx: Transaction,
  userId: Id<'user'>,
  rootOrganizationIds: readonly Id<'organization'>[],
): Promise<void> {
  const theirs = tx
    .select({ id: groups.id })
    .from(groups)
    .where(inArray(groups.rootOrganizationId, [...rootOrganizationIds]))
  await tx
    .delete(groupMembers)
    .where(and(eq(groupMembers.userId, userId), inArray(groupMembers.groupId, theirs)))
}
