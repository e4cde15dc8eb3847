import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { type ListGroupsInput, listGroupsSchema, PEOPLE_SHOWN_MAX } from './schema.ts'

export type GroupListed = {
  id: Id<'group'>
  name: string
  description: string
  people: number
  version: number
  createdAt: Date
}

/** The groups of people of a root organization, by name, fifty a page. */
export async function listGroups(
  actor: Actor,
  input: ListGroupsInput,
): Promise<{ groups: GroupListed[]; total: number; next: Cursor }> {
  const { rootOrganizationId, search, cursor } = parse(listGroupsSchema, input)
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'groups.view')
  const after = readCursor(cursor, ['text', 'uuid'])
  const pattern = search ? likePattern(search) : null
  const wanted = sql`g.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid and g.ended_at is null
    ${pattern ? sql`and (g.name ilike ${pattern} or g.description ilike ${pattern})` : sql``}`
  const [rows, totals] = await Promise.all([
    db.execute<Row>(sql`
      select g.id, g.name, g.description, g.version, g.created_at as "createdAt", lower(g.name) as "sortName",
        ${peopleCount()} as people
      from groups g
      where ${wanted} ${after ? sql`and (lower(g.name), g.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
      order by lower(g.name), g.id limit ${PEOPLE_SHOWN_MAX + 1}`),
    db.execute<{ total: number }>(sql`select count(*)::int as total from groups g where ${wanted}`),
  ])
  const page = rows.slice(0, PEOPLE_SHOWN_MAX)
  const last = rows.length > PEOPLE_SHOWN_MAX ? page.at(-1) : undefined
  return {
    groups: page.map(({ sortName: _, ...row }) => ({
      ...row,
      id: idOf('group', row.id),
      createdAt: new Date(row.createdAt),
    })),
    total: totals[0]?.total ?? 0,
    next: last ? writeCursor([last.sortName, last.id]) : null,
  }
}

type Row = Omit<GroupListed, 'id' | 'createdAt'> & {
  id: string
  createdAt: Date | string
  sortName: string
}

/** How many people a group `g` counts: those with an account and a place in its root organization. */
export function peopleCount() {
  return sql`(select count(*)::int from group_members p
    join users u on u.id = p.user_id and u.ended_at is null
    join memberships m on m.user_id = p.user_id and m.organization_id = g.root_organization_id and m.ended_at is null
    where p.group_id = g.id)`
}
