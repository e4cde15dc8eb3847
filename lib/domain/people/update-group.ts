import { and, eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { groups } from '#db/schema/people'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseOvertakenSave } from '../audit/refuse-overtaken-save.ts'
import type { Actor } from '../permissions/actor.ts'
import { type Group, openGroup } from './open-group.ts'
import { type UpdateGroupInput, updateGroupSchema } from './schema.ts'

/**
 * Renames or describes a group. Fields left out stay; what changes nothing is recorded nowhere. Refuses a save over
 * somebody's newer one, and a name another group has.
 */
export async function updateGroup(actor: Actor, input: UpdateGroupInput): Promise<{ version: number }> {
  const { groupId, version, ...wanted } = parse(updateGroupSchema, input)
  return transaction(async (tx) => {
    const group = await openGroup(tx, actor, groupId)
    await refuseOvertakenSave(tx, actor, {
      version,
      present: group.version,
      eventsOf: and(eq(events.name, 'group.updated'), eq(events.subjectId, groupId)),
      thing: 'this group',
      fields: { name: 'the name', description: 'the description' },
    })
    const changed = differences(group, wanted)
    if (Object.keys(changed).length === 0) return { version }
    await tx
      .update(groups)
      .set({ ...wanted, version: version + 1 })
      .where(eq(groups.id, groupId))
    await record(tx, actor, {
      name: 'group.updated',
      rootOrganizationId: group.rootOrganizationId,
      subject: { id: groupId, name: wanted.name ?? group.name },
      details: { version: version + 1, changed },
    })
    return { version: version + 1 }
  })
}

function differences(group: Group, wanted: { name?: string; description?: string }) {
  const fields = (['name', 'description'] as const).filter(
    (field) => wanted[field] !== undefined && wanted[field] !== group[field],
  )
  return Object.fromEntries(fields.map((field) => [field, { before: group[field], after: wanted[field] }]))
}
