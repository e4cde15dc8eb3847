import { and, eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { groupMembers } from '#db/schema/people'
import { users } from '#db/schema/users'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openGroup } from './open-group.ts'
import { type RemoveFromGroupInput, removeFromGroupSchema } from './schema.ts'

/** Takes a person out of a group. Who is not in it is left alone: to whoever does it twice, nothing is wrong. */
export async function removeFromGroup(actor: Actor, input: RemoveFromGroupInput): Promise<void> {
  const { groupId, userId } = parse(removeFromGroupSchema, input)
  await transaction(async (tx) => {
    const group = await openGroup(tx, actor, groupId)
    const [gone] = await tx
      .delete(groupMembers)
      .where(and(eq(groupMembers.groupId, groupId), eq(groupMembers.userId, userId)))
      .returning({ userId: groupMembers.userId })
    if (!gone) return
    const [person] = await tx.select({ fullName: users.fullName }).from(users).where(eq(users.id, userId))
    await record(tx, actor, {
      name: 'group.person-removed',
      rootOrganizationId: group.rootOrganizationId,
      subject: { id: groupId, name: group.name },
      details: { person: person?.fullName ?? '', userId },
    })
  })
}
