import { type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { type ListAuthorizingPeopleInput, listAuthorizingPeopleSchema, PAGE_ROWS } from './schema.ts'

export type AuthorizingPerson = {
  userId: Id<'user'>
  name: string
  username: string
  isDeactivated: boolean
  /** Apps that may act for them here, whatever the list is filtered by. */
  apps: number
  /** The latest use of any of them; null: none was used yet. */
  lastUsedAt: Date | null
}

type Found = Omit<AuthorizingPerson, 'userId' | 'lastUsedAt'> & { id: string; lastUsedAt: string | null }

/**
 * The people of a root organization who let an app act for them, by name, a page at a time: all of them, or those with an
 * authorization of one app, or with one not used for so many days. `total` is exact up to 10,000; 10,001 stands for more.
 */
export async function listAuthorizingPeople(
  actor: Actor,
  input: ListAuthorizingPeopleInput,
): Promise<{ rows: AuthorizingPerson[]; next: Cursor; total: number }> {
  const { rootOrganizationId, cursor, ...wanted } = parse(listAuthorizingPeopleSchema, input)
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const after = readCursor(cursor, ['text', 'uuid'])
  const these = wantedPeople(root, wanted)
  const [found, [count]] = await Promise.all([
    db.execute<Found>(sql`
      select u.id, u.full_name as name, u.username, u.deactivated_at is not null as "isDeactivated",
        yeses.apps, yeses.last_used_at::text as "lastUsedAt"
      from (
        select u.* from users u
        where ${these} and ${after ? sql`(u.full_name, u.id) > (${after[0]}, ${after[1]}::uuid)` : sql`true`}
        order by u.full_name, u.id limit ${PAGE_ROWS + 1}) u
      cross join lateral (
        select count(*)::int as apps, max(l.last_used_at) as last_used_at from live_authorizations l
        where l.user_id = u.id and l.root_organization_id = ${root}) yeses
      order by u.full_name, u.id`),
    db.execute<{ total: number }>(sql`
      select count(*)::int as total from (select from users u where ${these} limit ${COUNTED_MAX + 1}) counted`),
  ])
  const shown = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? shown.at(-1) : undefined
  return {
    rows: shown.map(({ id, lastUsedAt, ...row }) => ({
      ...row,
      userId: idOf('user', id),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
    })),
    next: last ? writeCursor([last.name, last.id]) : null,
    total: count?.total ?? 0,
  }
}

type Wanted = Pick<ReturnType<typeof listAuthorizingPeopleSchema.parse>, 'search' | 'appId' | 'unusedForDays'>

/** As sets of ids, so that the planner may begin with the few: the people of one app, say. */
function wantedPeople(root: SQL, { search, appId, unusedForDays }: Wanted): SQL {
  const words = search?.trim()
  const pattern = words ? likePattern(words) : null
  return sql`u.ended_at is null and u.id in (
      select l.user_id from live_authorizations l where l.root_organization_id = ${root}
        and ${appId ? sql`l.app_id = ${uuidOf(appId)}::uuid` : sql`true`}
        and ${
          unusedForDays
            ? sql`coalesce(l.last_used_at, l.created_at) <= now() - make_interval(days => ${unusedForDays})`
            : sql`true`
        })
    ${pattern ? sql`and (u.full_name ilike ${pattern} or u.username ilike ${pattern} or u.email ilike ${pattern})` : sql``}`
}
