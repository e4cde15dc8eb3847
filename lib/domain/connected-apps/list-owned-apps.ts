import { and, asc, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { appSearch, connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { type Abilities, abilitiesAt } from '../permissions/abilities.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { NO_STANDING } from '../permissions/standing.ts'
import { causeOf, markFacts } from './find-mark-causes.ts'
import { logoSha } from './logo-sha.ts'
import type { MarkCause } from './mark-causes.ts'
import { APPS_SHOWN_MAX, type ListOwnedAppsInput, listOwnedAppsSchema } from './schema.ts'
import { type SecretSummary, secretSummary } from './secret-summary.ts'
import { inSearch, matching, ofItself, type Reach, reachOf } from './wanted-apps.ts'

export type OwnedApp = {
  id: Id<'app'>
  clientId: string
  rootOrganizationId: Id<'organization'>
  name: string
  /** The address of its picture, as `logoUrlOf` writes it. */
  logo: string | null
  actsAs: 'user' | 'itself'
  clientType: 'server' | 'browser' | 'native'
  residence: { id: Id<'organization'>; name: string; isRoot: boolean }
  owner: { id: Id<'user'>; fullName: string; username: string }
  state: 'enabled' | 'disabled'
  audience: 'internal' | 'everyone'
  origin: 'console' | 'api' | 'dynamic-registration'
  scopesCount: number
  rotationDueSince: Date | null
  /** What marked it, where that is known. */
  rotationDueBecause: MarkCause | null
  secrets: SecretSummary
  createdAt: Date
  lastUsedAt: Date | null
  /** What the actor may do with it. */
  abilities: Abilities
}
export type OwnedApps = { apps: OwnedApp[]; next: Cursor }

/**
 * The apps that reside in an organization or below it, as far as the actor may see them, with a search, filters and in an
 * order. Fifty a page; the cursor belongs to its order. With a `slice`, those rows alone. How many there are on all pages, `countOwnedApps` says.
 */
export async function listOwnedApps(actor: Actor, input: ListOwnedAppsInput): Promise<OwnedApps> {
  const query = parse(listOwnedAppsSchema, input)
  const reach = await reachOf(database(), actor, query.organizationId)
  const rows = await selectOwnedApps(reach, query)
  const page = query.slice ? rows : rows.slice(0, APPS_SHOWN_MAX)
  const last = rows.length > page.length ? page.at(-1) : undefined
  const abilitiesOf = abilitiesIn(actor, reach)
  return {
    apps: page.map(
      ({ sortName: _, lastUsedExactly: __, createdExactly: ___, disabledAt, markFacts, ...row }) => ({
        ...row,
        residence: { ...row.residence, isRoot: row.residence.id === reach.rootOrganizationId },
        rotationDueBecause: causeOf(markFacts),
        state: disabledAt ? ('disabled' as const) : ('enabled' as const),
        abilities: abilitiesOf(row.residence.id, row.owner.id),
      }),
    ),
    next: last ? writeCursor([sortValue(query.sort, last), uuidOf(last.id)]) : null,
  }
}

/** The statement behind the list: one page, and one row more where there is another; or the rows asked for. */
export function selectOwnedApps(reach: Reach, query: Query) {
  return pageOf(reach, query)
    .limit(query.slice?.limit ?? APPS_SHOWN_MAX + 1)
    .offset(query.slice?.offset ?? 0)
}

/**
 * In the order of names the search table itself is walked, which knows words and names: a word that many apps have fills a
 * page without a look at every other app.
 */
function pageOf({ rootOrganizationId, seen }: Reach, query: Query) {
  const found = query.sort === 'name' ? inSearch(rootOrganizationId, query) : undefined
  if (!found)
    return select()
      .where(and(seen, matching(rootOrganizationId, query), after(query)))
      .orderBy(...ORDER[query.sort])
  return select()
    .innerJoin(appSearch, eq(appSearch.appId, connectedApps.id))
    .where(
      and(
        seen,
        ofItself(query),
        eq(appSearch.rootOrganizationId, rootOrganizationId),
        found,
        afterName(query.cursor, appSearch.sortName, appSearch.appId),
      ),
    )
    .orderBy(asc(appSearch.sortName), asc(appSearch.appId))
}

type Query = ReturnType<typeof listOwnedAppsSchema.parse>
type Sort = Query['sort']

/** The same residence, the same abilities, but for whoever owns the app: asked once for each. */
function abilitiesIn(actor: Actor, { rootOrganizationId, standings }: Reach) {
  const person = personOf(actor)
  const known = new Map<string, Abilities>()
  return (organizationId: Id<'organization'>, ownerId: Id<'user'>): Abilities => {
    const key = `${organizationId} ${ownerId === person}`
    const held =
      known.get(key) ??
      abilitiesAt(
        actor,
        { organizationId, rootOrganizationId, ownerId },
        standings.get(organizationId) ?? NO_STANDING,
      )
    known.set(key, held)
    return held
  }
}

const NAME = sql<string>`lower(${connectedApps.name})`
/** Never used is longest ago, so that one comparison with one index goes on from any row. */
const LAST_USED = sql`coalesce(${connectedApps.lastUsedAt}, '-infinity'::timestamptz)`
const NEWEST_ID = sql`${connectedApps.id} desc nulls last`

const ORDER: Readonly<Record<Sort, SQL[]>> = {
  name: [asc(NAME), asc(connectedApps.id)],
  'last-used': [sql`${LAST_USED} desc`, NEWEST_ID],
  created: [sql`${connectedApps.createdAt} desc nulls last`, NEWEST_ID],
}

function after({ sort, cursor }: Query): SQL | undefined {
  if (sort === 'name') return afterName(cursor, NAME, connectedApps.id)
  const values = readCursor(cursor, [sort === 'created' ? 'moment' : 'moment-or-nothing', 'uuid'])
  if (!values) return undefined
  const [moment, id] = values
  const column = sort === 'created' ? connectedApps.createdAt : LAST_USED
  return sql`(${column}, ${connectedApps.id}) < (${moment ?? '-infinity'}::timestamptz, ${id}::uuid)`
}

function afterName(cursor: Cursor | undefined, name: SQLWrapper, id: SQLWrapper): SQL | undefined {
  const values = readCursor(cursor, ['text', 'uuid'])
  return values ? sql`(${name}, ${id}) > (${values[0]}, ${values[1]}::uuid)` : undefined
}

type Row = Awaited<ReturnType<typeof select>>[number]

function sortValue(sort: Sort, row: Row): string | null {
  if (sort === 'name') return row.sortName
  return sort === 'created' ? row.createdExactly : row.lastUsedExactly
}

function select() {
  return database()
    .select({
      id: connectedApps.id,
      clientId: connectedApps.clientId,
      rootOrganizationId: connectedApps.rootOrganizationId,
      name: connectedApps.name,
      logo: logoSha(connectedApps.id),
      sortName: NAME,
      actsAs: connectedApps.actsAs,
      clientType: connectedApps.clientType,
      residence: { id: organizations.id, name: organizations.name },
      owner: { id: users.id, fullName: users.fullName, username: users.username },
      audience: connectedApps.audience,
      origin: connectedApps.origin,
      scopesCount: sql<number>`cardinality(${connectedApps.scopes})`,
      rotationDueSince: connectedApps.rotationDueSince,
      markFacts: markFacts(),
      secrets: secretSummary(),
      createdAt: connectedApps.createdAt,
      lastUsedAt: connectedApps.lastUsedAt,
      // A JavaScript moment has no microseconds, which the order has.
      createdExactly: sql<string>`${connectedApps.createdAt}::text`,
      lastUsedExactly: sql<string | null>`${connectedApps.lastUsedAt}::text`,
      disabledAt: connectedApps.disabledAt,
    })
    .from(connectedApps)
    .innerJoin(
      organizations,
      and(eq(organizations.id, connectedApps.organizationId), isNull(organizations.endedAt)),
    )
    .innerJoin(users, eq(users.id, connectedApps.ownerId))
}
