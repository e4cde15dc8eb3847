import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkGroup } from './open-group.ts'
import { type ListGroupPeopleInput, listGroupPeopleSchema, PEOPLE_SHOWN_MAX } from './schema.ts'

export type GroupPerson = {
  id: Id<'user'>
  fullName: string
  username: string
  email: string
  addedAt: Date
  addedBy: string | null
}

/** Who is in a group, by name, fifty a page: people with a place in its root organization alone. */
export async function listGroupPeople(
  actor: Actor,
  input: ListGroupPeopleInput,
): Promise<{ people: GroupPerson[]; next: Cursor }> {
  const { groupId, search, cursor } = parse(listGroupPeopleSchema, input)
  const db = database()
  const { rootOrganizationId } = await checkGroup(db, actor, groupId, 'groups.view')
  const after = readCursor(cursor, ['text', 'uuid'])
  const pattern = search ? likePattern(search) : null
  const rows = await db.execute<Row>(sql`
    select u.id, u.full_name as "fullName", u.username, u.email, p.added_at as "addedAt", a.full_name as "addedBy"
    from group_members p
    join users u on u.id = p.user_id and u.ended_at is null
    join memberships m on m.user_id = u.id and m.organization_id = ${uuidOf(rootOrganizationId)}::uuid and m.ended_at is null
    left join users a on a.id = p.added_by
    where p.group_id = ${uuidOf(groupId)}::uuid
      ${pattern ? sql`and (u.full_name ilike ${pattern} or u.username ilike ${pattern} or u.email ilike ${pattern})` : sql``}
      ${after ? sql`and (u.full_name, u.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
    order by u.full_name, u.id limit ${PEOPLE_SHOWN_MAX + 1}`)
  const page = rows.slice(0, PEOPLE_SHOWN_MAX)
  const last = rows.length > PEOPLE_SHOWN_MAX ? page.at(-1) : undefined
  return {
    people: page.map((row) => ({ ...row, id: idOf('user', row.id), addedAt: new Date(row.addedAt) })),
    next: last ? writeCursor([last.fullName, last.id]) : null,
  }
}

type Row = Omit<GroupPerson, 'id' | 'addedAt'> & { id: string; addedAt: Date | string }
