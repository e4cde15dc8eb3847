import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { groups } from '#db/schema/people'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { openGroup } from './open-group.ts'
import { type DeleteGroupInput, deleteGroupSchema } from './schema.ts'

/** Deletes a group; its people stay where they are, and its name is free again. */
export async function deleteGroup(actor: Actor, input: DeleteGroupInput): Promise<void> {
  const { groupId } = parse(deleteGroupSchema, input)
  await transaction(async (tx) => {
    const group = await openGroup(tx, actor, groupId)
    await tx
      .update(groups)
      .set({ endedAt: sql`now()`, endedBy: personOf(actor) })
      .where(eq(groups.id, groupId))
    await record(tx, actor, {
      name: 'group.deleted',
      rootOrganizationId: group.rootOrganizationId,
      subject: { id: groupId, name: group.name },
    })
  })
}
