import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { DEPLOYMENT } from '../permissions/deployment.ts'
import { type ListRootsInput, listRootsSchema, ROOTS_SHOWN_MAX } from './schema.ts'

/** A root organization as an operator sees it: from outside. */
export type Root = {
  id: Id<'organization'>
  name: string
  owner: { id: Id<'user'>; fullName: string; username: string; email: string }
  people: number
  apps: number
  appsMax: number
  createdAt: Date
  suspended: { at: Date; by: string | null } | null
}

/**
 * The root organizations of the deployment by name, fifty a page: whose they are, and how many people and apps they have.
 * The people and apps themselves are nobody's business here. Refuses everyone but operators.
 */
export async function listRoots(
  actor: Actor,
  input: ListRootsInput = {},
): Promise<{ rows: Root[]; total: number; next: Cursor }> {
  const { search, cursor } = parse(listRootsSchema, input)
  const db = database()
  await check(db, actor, 'organizations.list-roots', DEPLOYMENT)
  const after = readCursor(cursor, ['text', 'uuid'])
  const wanted = search ? sql`and o.name ilike ${likePattern(search)}` : sql``
  const beyond = after ? sql`and (lower(o.name), o.id) > (${after[0]}, ${after[1]}::uuid)` : sql``
  const [rows, [count]] = await Promise.all([
    db.execute<Row>(sql`
      select o.id, o.name, lower(o.name) as "sortName", o.apps_max as "appsMax", o.created_at as "createdAt",
        o.suspended_at as "suspendedAt", s.full_name as "suspendedBy",
        u.id as "ownerId", u.full_name as "ownerName", u.username as "ownerUsername", u.email as "ownerEmail",
        (select count(distinct m.user_id)::int from memberships m
          where m.root_organization_id = o.id and m.ended_at is null) as people,
        (select count(*)::int from connected_apps c where c.root_organization_id = o.id and c.ended_at is null) as apps
      from organizations o
      join users u on u.id = o.owner_id
      left join users s on s.id = o.suspended_by
      where o.parent_id is null and o.ended_at is null ${wanted} ${beyond}
      order by lower(o.name), o.id
      limit ${ROOTS_SHOWN_MAX + 1}`),
    db.execute<{ total: number }>(sql`
      select count(*)::int as total from organizations o where o.parent_id is null and o.ended_at is null ${wanted}`),
  ])
  const page = rows.slice(0, ROOTS_SHOWN_MAX)
  const last = rows.length > ROOTS_SHOWN_MAX ? page.at(-1) : undefined
  return {
    rows: page.map(shapeOf),
    total: count?.total ?? 0,
    next: last ? writeCursor([last.sortName, last.id]) : null,
  }
}

type Row = {
  id: string
  name: string
  sortName: string
  appsMax: number
  createdAt: string | Date
  suspendedAt: string | Date | null
  suspendedBy: string | null
  ownerId: string
  ownerName: string
  ownerUsername: string
  ownerEmail: string
  people: number
  apps: number
}

function shapeOf(row: Row): Root {
  return {
    id: idOf('organization', row.id),
    name: row.name,
    owner: {
      id: idOf('user', row.ownerId),
      fullName: row.ownerName,
      username: row.ownerUsername,
      email: row.ownerEmail,
    },
    people: row.people,
    apps: row.apps,
    appsMax: row.appsMax,
    createdAt: new Date(row.createdAt),
    suspended: row.suspendedAt ? { at: new Date(row.suspendedAt), by: row.suspendedBy } : null,
  }
}
