import { type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { describeScopes, highestRisk } from '../connected-apps/describe-scopes.ts'
import type { RiskClass } from '../connected-apps/scopes.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { type Listing, listingOf } from './listing.ts'
import { readLiveNumbers } from './live-numbers.ts'
import { PAGE_ROWS } from './schema.ts'

export type AuthorizedAppsSort = 'last-used' | 'name'

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
  firstUsedAt: Date
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
  firstUsedAt: string
  lastUsedAt: string | null
  sortName: string
  mode: 'unrestricted' | 'restricted' | 'closed'
  internalAutoApproval: boolean
  entryScopes: string[] | null
  waiting: string[][]
}

/**
 * The apps that people of a root organization authorized, own or foreign, one row each, a page at a time: those with at
 * least one live authorization, whether or not a token of theirs is still valid. Apps acting for themselves are not here.
 * The search finds name, client ID, publisher and people.
 */
export async function listAuthorizedApps(
  actor: Actor,
  input: {
    rootOrganizationId: Id<'organization'>
    search?: string
    /** Only internal apps, or only those of other organizations. */
    isInternal?: boolean
    sort?: AuthorizedAppsSort
    cursor?: Cursor
  },
): Promise<{ rows: AuthorizedAppRow[]; next: Cursor; total: number }> {
  const db = database()
  await checkInRoot(db, actor, input.rootOrganizationId, 'authorizations.list')
  const sort = input.sort ?? 'last-used'
  const root = sql`${uuidOf(input.rootOrganizationId)}::uuid`
  const matching = sql`
    from installations i
    join connected_apps c on c.id = i.app_id and c.ended_at is null
    join organizations publisher on publisher.id = c.root_organization_id
    where i.root_organization_id = ${root} and ${isLive} and ${matches(root, input.search)}
      and ${isOfKind(root, input.isInternal)}`
  const found = await db.execute<Found>(sql`
    select i.id as installation, c.id as app, c.name, c.client_id as "clientId", publisher.name as publisher,
      c.root_organization_id = ${root} as "isInternal",
      i.frozen_at is not null as "isFrozen", c.disabled_at is not null as "isDisabled",
      i.created_at::text as "firstUsedAt", i.last_used_at::text as "lastUsedAt", lower(c.name) as "sortName",
      coalesce(policy.mode, 'unrestricted') as mode,
      coalesce(policy.internal_auto_approval, true) as "internalAutoApproval",
      entry.scopes as "entryScopes",
      (select coalesce(json_agg(w.scopes), '[]') from approval_requests w
        where w.root_organization_id = ${root} and w.app_id = c.id and w.answered_at is null
          and w.requested_at is not null and w.expires_at > now()) as waiting
    from (select i.* ${matching} ${page(sort, input.cursor)}) i
    join connected_apps c on c.id = i.app_id
    join organizations publisher on publisher.id = c.root_organization_id
    left join allowlists policy on policy.root_organization_id = ${root}
    left join live_entries entry on entry.root_organization_id = ${root} and entry.app_id = c.id
    ${order(sort)}`)
  const [count] = await db.execute<{ total: number }>(sql`select count(*)::int as total ${matching}`)
  const shown = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? shown.at(-1) : undefined
  return {
    rows: await withNumbers(shown),
    next: last ? writeCursor([sort === 'name' ? last.sortName : last.lastUsedAt, last.installation]) : null,
    total: count?.total ?? 0,
  }
}

/** Asked row by row: joined, it would read a million authorizations to draw fifty rows. */
const isLive = sql`(select true from live_authorizations l where l.installation_id = i.id limit 1)`

function isOfKind(root: SQL, isInternal: boolean | undefined): SQL {
  return isInternal === undefined ? sql`true` : sql`(c.root_organization_id = ${root}) = ${isInternal}`
}

function matches(root: SQL, search: string | undefined): SQL {
  const words = search?.trim()
  if (!words) return sql`true`
  const pattern = likePattern(words)
  return sql`(c.name ilike ${pattern} or publisher.name ilike ${pattern} or c.client_id = ${words} or i.id in (
    select l.installation_id from users u join live_authorizations l on l.user_id = u.id
    where l.root_organization_id = ${root}
      and (u.full_name ilike ${pattern} or u.username ilike ${pattern} or u.email ilike ${pattern})))`
}

function order(sort: AuthorizedAppsSort): SQL {
  return sort === 'name'
    ? sql`order by lower(c.name), i.id`
    : sql`order by i.last_used_at desc nulls last, i.id desc`
}

function page(sort: AuthorizedAppsSort, cursor: Cursor | undefined): SQL {
  const after = readCursor(cursor, [sort === 'name' ? 'text' : 'moment-or-nothing', 'uuid'])
  const [value, id] = after ?? []
  const further = !after
    ? sql``
    : sort === 'name'
      ? sql`and (lower(c.name), i.id) > (${value}, ${id}::uuid)`
      : value
        ? sql`and (i.last_used_at is null or (i.last_used_at, i.id) < (${value}::timestamptz, ${id}::uuid))`
        : sql`and i.last_used_at is null and i.id < ${id}::uuid`
  return sql`${further} ${order(sort)} limit ${PAGE_ROWS + 1}`
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
      firstUsedAt: new Date(row.firstUsedAt),
      lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt),
    }
  })
}
