import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { groups } from '#db/schema/people'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'

/** A group that an entry can be for, held so that it is not deleted meanwhile. Refuses one of another organization like one that does not exist. */
export async function findEntryGroup(
  tx: Transaction,
  rootOrganizationId: Id<'organization'>,
  groupId: Id<'group'>,
): Promise<{ id: Id<'group'>; name: string }> {
  const [group] = await tx
    .select({ id: groups.id, name: groups.name })
    .from(groups)
    .where(
      and(eq(groups.id, groupId), eq(groups.rootOrganizationId, rootOrganizationId), isNull(groups.endedAt)),
    )
    .for('share')
  if (group) return group
  const sentence = 'There is no such group here. Somebody may have just deleted it.'
  throw new Refusal('invalid', sentence, { groupId: sentence })
}
