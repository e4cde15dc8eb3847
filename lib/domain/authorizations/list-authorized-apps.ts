import { type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { describeScopes, highestRisk } from '../connected-apps/describe-scopes.ts'
import type { RiskClass } from '../connected-apps/scopes.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { whileChecking } from '../permissions/while-checking.ts'
import { afterLastUse } from './after-last-use.ts'
import { type Listing, listingOf } from './listing.ts'
import { readLiveNumbers } from './live-numbers.ts'
import { type AuthorizedAppsFilters, authorizedAppsFiltersSchema, PAGE_ROWS } from './schema.ts'
import { isShown, wantedApps, wantedAppsWithPeople } from './wanted-authorized-apps.ts'

export type AuthorizedAppsSort = 'last-used' | 'name' | 'people'

export type AuthorizedAppRow = {
  appId: Id<'app'>
  name: string
  clientId: string
  publisher: string
  isInternal: boolean
  /** Live people, exact up to 10,000; 10,001 stands for more. */
  people: number
  scopes: number
  /** The highest of what live yeses hold. */
  risk: RiskClass
  listing: Listing
  isFrozen: boolean
  isDisabled: boolean
  /** The organization's first authorization of the app. */
  firstUsedAt: Date | null
  /** Null: no token of it was used yet. */
  lastUsedAt: Date | null
}

type Found = {
  installation: string
  app: string
  name: string
  clientId: string
  publisher: string
  isInternal: boolean
  isFrozen: boolean
  isDisabled: boolean
  firstUsedAt: string | null
  lastUsedAt: string | null
  sorted: string | null
  mode: 'unrestricted' | 'restricted' | 'closed'
  internalAutoApproval: boolean
  entryScopes: string[] | null
  waiting: string[][]
}

/**
 * The apps that people of a root organization authorized, own or foreign, one row each, a page at a time: those with at
 * least one live authorization, whether or not a token of theirs is still valid, and those that are frozen or held to networks,
 * even if nobody uses them: here that is found, and changed. Apps acting for themselves are not here.
 * How many there are, `countAuthorizedApps` says.
 */
export async function listAuthorizedApps(
  actor: Actor,
  input: AuthorizedAppsFilters & {
    rootOrganizationId: Id<'organization'>
    sort?: AuthorizedAppsSort
    cursor?: Cursor
  },
): Promise<{ rows: AuthorizedAppRow[]; next: Cursor }> {
  const { rootOrganizationId, sort = 'last-used', cursor, ...filters } = input
  const wanted = parse(authorizedAppsFiltersSchema, filters)
  const checking = checkInRoot(database(), actor, rootOrganizationId, 'authorizations.list')
  return whileChecking(checking, read(rootOrganizationId, wanted, sort, cursor))
}

async function read(
  rootOrganizationId: Id<'organization'>,
  wanted: AuthorizedAppsFilters,
  sort: AuthorizedAppsSort,
  cursor: Cursor | undefined,
): Promise<{ rows: AuthorizedAppRow[]; next: Cursor }> {
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const found = await database().execute<Found>(sql`
    select i.id as installation, c.id as app, c.name, c.client_id as "clientId", publisher.name as publisher,
      c.root_organization_id = ${root} as "isInternal",
      i.frozen_at is not null as "isFrozen", c.disabled_at is not null as "isDisabled",
      i.first_authorized_at::text as "firstUsedAt", i.last_used_at::text as "lastUsedAt", i.sorted::text as sorted,
      coalesce(policy.mode, 'unrestricted') as mode,
      coalesce(policy.internal_auto_approval, true) as "internalAutoApproval",
      entry.scopes as "entryScopes",
      (select coalesce(json_agg(w.scopes), '[]') from approval_requests w
        where w.root_organization_id = ${root} and w.app_id = c.id and w.answered_at is null
          and w.requested_at is not null and w.expires_at > now()) as waiting
    from (
      select i.* from (select i.*, ${SORTED[sort]} as sorted ${sortedApps(sort, root, wanted)}) i
      where ${further(sort, cursor)} ${ORDER[sort]} limit ${PAGE_ROWS + 1}) i
    join connected_apps c on c.id = i.app_id
    join organizations publisher on publisher.id = c.root_organization_id
    left join allowlists policy on policy.root_organization_id = ${root}
    left join live_entries entry on entry.root_organization_id = ${root} and entry.app_id = c.id
    ${ORDER[sort]}`)
  const shown = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? shown.at(-1) : undefined
  return {
    rows: await withNumbers(shown),
    next: last ? writeCursor([last.sorted, last.installation]) : null,
  }
}

/** What the rows are sorted by, and how; the ids settle what is alike. */
const SORTED: Readonly<Record<AuthorizedAppsSort, SQL>> = {
  name: sql`lower(c.name)`,
  'last-used': sql`i.last_used_at`,
  people: sql`held.people`,
}
const ORDER: Readonly<Record<AuthorizedAppsSort, SQL>> = {
  name: sql`order by i.sorted, i.id`,
  // Nulls as the index has them, though no id is null: an index serves no other order.
  'last-used': sql`order by i.sorted desc nulls last, i.id desc nulls last`,
  people: sql`order by i.sorted desc, i.id desc`,
}

/**
 * By name they are sorted before anything is asked of each: no index has them in that order, and a page needs fifty. A search
 * is met first, too (`offset 0` keeps the planner from asking of all apps what only the few that are found are asked).
 */
function sortedApps(sort: AuthorizedAppsSort, root: SQL, filters: AuthorizedAppsFilters): SQL {
  switch (sort) {
    case 'name':
      return sql`${wantedApps(root, filters)} order by sorted, i.id offset 0`
    case 'last-used':
      return filters.search ? sql`${wantedApps(root, filters)} offset 0` : wantedApps(root, filters)
    case 'people':
      return wantedAppsWithPeople(root, filters)
  }
}

function further(sort: AuthorizedAppsSort, cursor: Cursor | undefined): SQL {
  const after = afterCursor(sort, cursor)
  return sort === 'people' ? after : sql`${after} and ${isShown}`
}

function afterCursor(sort: AuthorizedAppsSort, cursor: Cursor | undefined): SQL {
  if (sort === 'last-used') return afterLastUse(cursor, sql`i.sorted`, sql`i.id`)
  const after = readCursor(cursor, [sort === 'name' ? 'text' : 'count', 'uuid'])
  if (!after) return sql`true`
  const [value, id] = after
  return sort === 'name'
    ? sql`(i.sorted, i.id) > (${value}, ${id}::uuid)`
    : sql`(i.sorted, i.id) < (${value}::int, ${id}::uuid)`
}

async function withNumbers(found: readonly Found[]): Promise<AuthorizedAppRow[]> {
  const db = database()
  const ids = found.map((row) => idOf('installation', row.installation))
  const numbers = await readLiveNumbers(db, ids)
  const words = await describeScopes(db, [...new Set([...numbers.values()].flatMap((one) => one.scopes))])
  return found.map((row) => {
    const { people, scopes } = numbers.get(idOf('installation', row.installation)) ?? {
      people: 0,
      scopes: [],
    }
    return {
      appId: idOf('app', row.app),
      name: row.name,
      clientId: row.clientId,
      publisher: row.publisher,
      isInternal: row.isInternal,
      people,
      scopes: scopes.length,
      risk: highestRisk(words.filter((one) => scopes.includes(one.name))),
      listing: listingOf(row),
      isFrozen: row.isFrozen,
      isDisabled: row.isDisabled,
      firstUsedAt: row.firstUsedAt === null ? null : new Date(row.firstUsedAt),
      lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt),
    }
  })
}
