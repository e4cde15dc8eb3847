import { type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { describeScopes, highestRisk } from '../connected-apps/describe-scopes.ts'
import type { RiskClass } from '../connected-apps/scopes.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { furtherOf } from './list-people-of-app.ts'
import { type ListAuthorizingPeopleInput, listAuthorizingPeopleSchema, PAGE_ROWS } from './schema.ts'
import {
  isCalled,
  isWanted,
  isWantedOnceSeen,
  isWantedYes,
  type WantedPeople,
} from './wanted-authorizing-people.ts'

export type AuthorizingPerson = {
  userId: Id<'user'>
  name: string
  username: string
  isDeactivated: boolean
  /** Apps that may act for them here, whatever the list is filtered by. */
  apps: number
  /** The highest of what these apps hold. */
  risk: RiskClass
  /** The latest use of any of them; null: none was used yet. */
  lastUsedAt: Date | null
}

type Sort = NonNullable<ListAuthorizingPeopleInput['sort']>

type Found = Pick<AuthorizingPerson, 'name' | 'username' | 'isDeactivated' | 'apps'> & {
  id: string
  scopes: string[]
  lastUsedAt: string | null
  /** The authorization that was used last. */
  latest: string
}

/** So few are looked at one by one and sorted; among more, a page is found by looking at some in their order. */
const FEW = 1_000

/**
 * The people of a root organization who let an app act for them, a page at a time: all of them, or those with an
 * authorization of one app, or with one not used for so many days; by name, by last use, or by how many apps. `total` is
 * exact up to 10,000; 10,001 stands for more.
 */
export async function listAuthorizingPeople(
  actor: Actor,
  input: ListAuthorizingPeopleInput,
): Promise<{ rows: AuthorizingPerson[]; next: Cursor; total: number }> {
  const { rootOrganizationId, sort, cursor, ...wanted } = parse(listAuthorizingPeopleSchema, input)
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const total = await countPeople(root, wanted)
  const ids =
    total <= FEW ? await idsOfFew(root, wanted, sort, cursor) : await AMONG_MANY[sort](root, wanted, cursor)
  const found = await readPeople(root, ids.slice(0, PAGE_ROWS))
  const last = ids.length > PAGE_ROWS ? found.at(-1) : undefined
  const words = await describeScopes(db, [...new Set(found.flatMap(({ scopes }) => scopes))])
  return {
    rows: found.map(({ id, latest: _, scopes, lastUsedAt, ...row }) => ({
      ...row,
      userId: idOf('user', id),
      risk: highestRisk(words.filter((one) => scopes.includes(one.name))),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
    })),
    next: last ? writeCursor(placeOf(last, sort)) : null,
    total,
  }
}

function placeOf({ id, name, apps, lastUsedAt, latest }: Found, sort: Sort): (string | null)[] {
  if (sort === 'last-used') return [lastUsedAt, latest]
  return [sort === 'name' ? name : String(apps), id]
}

async function countPeople(root: SQL, wanted: WantedPeople): Promise<number> {
  const [count] = await database().execute<{ total: number }>(sql`
    select count(*)::int as total
    from (select from users u where ${isWanted(root, wanted)} limit ${COUNTED_MAX + 1}) counted`)
  return count?.total ?? 0
}

function idsOfFew(root: SQL, wanted: WantedPeople, sort: Sort, cursor: Cursor | undefined) {
  return idsOf(sql`
    select u.id from users u cross join lateral (${heldBy(root)}) held
    where ${isWanted(root, wanted)} and ${afterOf(sort, cursor)} ${ORDER[sort]} limit ${PAGE_ROWS + 1}`)
}

/** How many apps somebody lets act for them stands nowhere, because it may end with an epoch: all yeses are read, once. */
function idsByApps(root: SQL, wanted: WantedPeople, cursor: Cursor | undefined) {
  return idsOf(sql`
    select u.id
    from (
      select l.user_id, count(*)::int as apps from live_authorizations l where l.root_organization_id = ${root}
      group by l.user_id having bool_or(${isWantedYes(root, wanted)})) held
    join users u on u.id = held.user_id
    where ${isCalled(wanted)} and ${afterOf('apps', cursor)} ${ORDER.apps} limit ${PAGE_ROWS + 1}`)
}

/** What the person `u` lets act for them, and when they used any of it last; of two used at the same moment its id settles which. */
function heldBy(root: SQL): SQL {
  return sql`select count(*)::int as apps, max(l.last_used_at) as last_used_at,
      (array_agg(l.id order by l.last_used_at desc nulls last, l.id desc))[1] as latest
    from live_authorizations l where l.user_id = u.id and l.root_organization_id = ${root}`
}

const ORDER: Readonly<Record<Sort, SQL>> = {
  name: sql`order by u.full_name, u.id`,
  'last-used': sql`order by held.last_used_at desc nulls last, held.latest desc`,
  apps: sql`order by held.apps desc, u.id desc`,
}

function afterOf(sort: Sort, cursor: Cursor | undefined): SQL {
  if (sort === 'last-used') {
    const after = readCursor(cursor, ['moment-or-nothing', 'uuid'])
    if (!after) return sql`true`
    const [at, id] = after
    return at
      ? sql`(held.last_used_at is null or (held.last_used_at, held.latest) < (${at}::timestamptz, ${id}::uuid))`
      : sql`held.last_used_at is null and held.latest < ${id}::uuid`
  }
  const after = readCursor(cursor, [sort === 'name' ? 'text' : 'count', 'uuid'])
  if (!after) return sql`true`
  return sort === 'name'
    ? sql`(u.full_name, u.id) > (${after[0]}, ${after[1]}::uuid)`
    : sql`(held.apps, u.id) < (${after[0]}::int, ${after[1]}::uuid)`
}

function idsByName(root: SQL, wanted: WantedPeople, cursor: Cursor | undefined) {
  return idsOf(sql`
    select u.id from users u where ${isWantedOnceSeen(root, wanted)} and ${afterOf('name', cursor)}
    ${ORDER.name} limit ${PAGE_ROWS + 1}`)
}

/** Yeses in the order of an index, those of each person's that was used last. What was never used comes after all that was. */
async function idsByLastUse(root: SQL, wanted: WantedPeople, cursor: Cursor | undefined): Promise<string[]> {
  const ids: string[] = []
  for (const further of furtherOf(cursor)) {
    const missing = PAGE_ROWS + 1 - ids.length
    if (missing === 0) break
    ids.push(
      ...(await idsOf(sql`
        select u.id from authorizations a join users u on u.id = a.user_id and ${isWantedOnceSeen(root, wanted)}
        where a.root_organization_id = ${root} and a.ended_at is null and ${further}
          and (select true from live_authorizations l where l.id = a.id)
          and (select true from live_authorizations l where l.user_id = a.user_id and l.root_organization_id = ${root}
            and case when a.last_used_at is null then l.last_used_at is not null or l.id > a.id
              else (l.last_used_at, l.id) > (a.last_used_at, a.id) end limit 1) is null
        order by a.last_used_at desc nulls last, a.id desc nulls last limit ${missing}`)),
    )
  }
  return ids
}

const AMONG_MANY = { name: idsByName, 'last-used': idsByLastUse, apps: idsByApps }

async function idsOf(statement: SQL): Promise<string[]> {
  return (await database().execute<{ id: string }>(statement)).map(({ id }) => id)
}

/** What a page says of these, in their order. */
function readPeople(root: SQL, ids: readonly string[]): Promise<Found[]> {
  return database().execute<Found>(sql`
    select u.id, u.full_name as name, u.username, u.deactivated_at is not null as "isDeactivated",
      yeses.apps, yeses.last_used_at::text as "lastUsedAt", yeses.latest, coalesce(held.scopes, '{}') as scopes
    from json_array_elements_text(${JSON.stringify(ids)}::json) with ordinality as wanted (id, place)
    join users u on u.id = wanted.id::uuid
    cross join lateral (${heldBy(root)}) yeses
    cross join lateral (
      select array_agg(distinct scope) as scopes from live_authorizations l cross join unnest(l.scopes) scope
      where l.user_id = u.id and l.root_organization_id = ${root}) held
    where yeses.apps > 0 order by wanted.place`)
}
