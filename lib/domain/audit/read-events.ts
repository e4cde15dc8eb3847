import { asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database, Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { organizations } from '#db/schema/organizations'
import { type Id, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { namesOfAct } from './acts.ts'
import type { EventFilters } from './schema.ts'

export type EventsOf = {
  rootOrganizationId: Id<'organization'>
  filters: EventFilters
  /** What else narrows down what this reader sees. */
  visible?: SQL | undefined
}

/** Where to read: towards older ones from a bare id on, or towards newer ones. Without either from the newest. */
export type ReadFrom = { olderThan?: string | undefined; newerThan?: string | undefined; limit: number }

const places = alias(organizations, 'place')

/**
 * Events of a root organization in the order of their ids, which is the order of time. One statement for lists and exports:
 * each kind of filter walks the index that was made for it, and stops as soon as enough are found.
 */
export async function readEvents(
  db: Database | Transaction,
  wanted: EventsOf,
  { olderThan, newerThan, limit }: ReadFrom,
) {
  // As the indexes are ordered: without the nulls they would be sorted instead of walked, though no id is null.
  const order = newerThan ? sql`asc nulls first` : sql`desc nulls last`
  const conditions = [
    ...conditionsOf(wanted),
    olderThan ? sql`e.id < ${olderThan}::uuid` : sql`true`,
    newerThan ? sql`e.id > ${newerThan}::uuid` : sql`true`,
  ]
  const found = sql.join(
    branchesOf(wanted.filters).map(
      (branch) => sql`(select e.id from events e where ${sql.join([...conditions, ...branch], sql` and `)}
        order by e.id ${order} limit ${limit})`,
    ),
    sql` union `,
  )
  return db
    .select({ event: events, place: { id: places.id, name: places.name } })
    .from(events)
    .leftJoin(places, eq(places.id, events.organizationId))
    .where(sql`${events.id} in (select id from (${found}) found order by id ${order} limit ${limit})`)
    .orderBy(newerThan ? asc(events.id) : desc(events.id))
}

/** How many there are, all of them. */
export async function countEvents(db: Database | Transaction, wanted: EventsOf): Promise<number> {
  const { appId, act } = wanted.filters
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from events e where ${sql.join(conditionsOf(wanted), sql` and `)}
      and ${appId ? sql`(${concerns(appId)} or ${through(appId)})` : sql`true`}
      and ${act ? sql`e.name = any(${sql.param(namesOfAct(act))}::text[])` : sql`true`}`)
  return row?.count ?? 0
}

const concerns = (appId: Id<'app'>) => sql`e.app_id = ${uuidOf(appId)}::uuid`
const through = (appId: Id<'app'>) => sql`e.actor_app_id = ${uuidOf(appId)}::uuid`

/** One walk for each index that is needed: a single OR would walk none. */
function branchesOf({ appId, act }: EventFilters): SQL[][] {
  const apps = appId ? [concerns(appId), through(appId)] : [sql`true`]
  const names = act ? namesOfAct(act).map((name) => sql`e.name = ${name}`) : [sql`true`]
  return apps.flatMap((app) => names.map((name) => [app, name]))
}

function conditionsOf({ rootOrganizationId, filters, visible }: EventsOf): SQL[] {
  const { personId, from, until, search } = filters
  return [
    sql`e.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid`,
    visible ?? sql`true`,
    personId ? sql`e.actor_user_id = ${uuidOf(personId)}::uuid` : sql`true`,
    from
      ? sql`e.occurred_at >= ${from}::timestamptz and e.id >= ${lowestIdAt(from, -APART_HOURS)}::uuid`
      : sql`true`,
    until
      ? sql`e.occurred_at < ${until}::timestamptz and e.id < ${lowestIdAt(until, APART_HOURS)}::uuid`
      : sql`true`,
    search ? sql`e.subject_name ilike ${likePattern(search)}` : sql`true`,
  ]
}

/** An id is made by the process's clock, the moment is the database's: never further apart than this. */
const APART_HOURS = 2

/** The lowest UUIDv7 of a moment: its first 48 bits are milliseconds. */
function lowestIdAt(moment: string, hoursLater: number): string {
  const milliseconds = Math.max(0, Date.parse(moment) + hoursLater * 3_600_000)
  const hex = milliseconds.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
