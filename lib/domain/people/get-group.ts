import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { peopleCount } from './list-groups.ts'
import { checkGroup } from './open-group.ts'

export type GroupDetails = {
  id: Id<'group'>
  rootOrganizationId: Id<'organization'>
  name: string
  description: string
  version: number
  people: number
  createdAt: Date
}

/** One group of people, for whoever sees the groups of its organization. */
export async function getGroup(actor: Actor, groupId: Id<'group'>): Promise<GroupDetails> {
  const db = database()
  const { id, rootOrganizationId, name, description, version, createdAt } = await checkGroup(
    db,
    actor,
    groupId,
    'groups.view',
  )
  const [row] = await db.execute<{ people: number }>(
    sql`select ${peopleCount()} as people from groups g where g.id = ${uuidOf(groupId)}::uuid`,
  )
  return { id, rootOrganizationId, name, description, version, createdAt, people: row?.people ?? 0 }
}
