import { and, asc, count, desc, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { parse } from '../../base/parse.ts'
import { type Abilities, abilitiesAt } from '../permissions/abilities.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { branchStandings } from '../permissions/branch-standings.ts'
import { absentOrganization } from '../permissions/check-organization.ts'
import { may } from '../permissions/may.ts'
import { NO_STANDING, type Standing } from '../permissions/standing.ts'
import { APPS_SHOWN_MAX, type ListOwnedAppsInput, listOwnedAppsSchema } from './schema.ts'
import { type SecretSummary, secretSummary } from './secret-summary.ts'

export type OwnedApp = {
  id: Id<'app'>
  clientId: string
  rootOrganizationId: Id<'organization'>
  name: string
  actsAs: 'user' | 'itself'
  clientType: 'server' | 'browser' | 'native'
  residence: { id: Id<'organization'>; name: string; isRoot: boolean }
  owner: { id: Id<'user'>; fullName: string; username: string }
  state: 'enabled' | 'disabled'
  audience: 'internal' | 'everyone'
  origin: 'console' | 'api' | 'dynamic-registration'
  scopesCount: number
  rotationDueSince: Date | null
  secrets: SecretSummary
  createdAt: Date
  lastUsedAt: Date | null
  /** What the actor may do with it. */
  abilities: Abilities
}
export type OwnedApps = {
  apps: OwnedApp[]
  /** How many there are on all pages, with this search and these filters. */
  total: number
  /** How many of all that the actor sees here should have their secret rotated. */
  rotationDue: number
  /** Who owns apps that the actor sees here, by name: what the list can be filtered by. */
  owners: { id: Id<'user'>; fullName: string }[]
  next: Cursor
}

/** More names than anyone picks from a menu. */
const OWNERS_SHOWN_MAX = 100

/**
 * The apps that reside in an organization or below it, as far as the actor may see them: administrators all of their
 * branch, developers the ones they own. Fifty a page; the cursor belongs to its sort order.
 */
export async function listOwnedApps(actor: Actor, input: ListOwnedAppsInput): Promise<OwnedApps> {
  const query = parse(listOwnedAppsSchema, input)
  const db = database()
  const [place] = await db
    .select({ rootOrganizationId: organizations.rootOrganizationId })
    .from(organizations)
    .where(and(eq(organizations.id, query.organizationId), isNull(organizations.endedAt)))
  if (!place) throw await absentOrganization(db, actor)
  const standings = await branchStandings(db, actor, query.organizationId)
  const inReach = reachOf(actor, place.rootOrganizationId, standings)
  if (!inReach) throw await absentOrganization(db, actor)

  const shown = and(
    isNull(connectedApps.endedAt),
    eq(connectedApps.rootOrganizationId, place.rootOrganizationId),
    inReach,
  )
  const wanted = and(shown, ...filters(query))
  const [rows, totals, due, owners] = await Promise.all([
    select()
      .where(and(wanted, after(query)))
      .orderBy(...order(query.sort))
      .limit(APPS_SHOWN_MAX + 1),
    db.select({ total: count() }).from(connectedApps).where(wanted),
    db
      .select({ total: count() })
      .from(connectedApps)
      .where(and(shown, isNotNull(connectedApps.rotationDueSince))),
    db
      .selectDistinct({ id: users.id, fullName: users.fullName })
      .from(connectedApps)
      .innerJoin(users, eq(users.id, connectedApps.ownerId))
      .where(shown)
      .orderBy(asc(users.fullName), asc(users.id))
      .limit(OWNERS_SHOWN_MAX),
  ])
  const page = rows.slice(0, APPS_SHOWN_MAX)
  const last = rows.length > APPS_SHOWN_MAX ? page.at(-1) : undefined
  return {
    apps: page.map(({ sortName: _, lastUsedExactly: __, disabledAt, ...row }) => ({
      ...row,
      residence: { ...row.residence, isRoot: row.residence.id === row.rootOrganizationId },
      state: disabledAt ? ('disabled' as const) : ('enabled' as const),
      abilities: abilitiesAt(
        actor,
        {
          organizationId: row.residence.id,
          rootOrganizationId: row.rootOrganizationId,
          ownerId: row.owner.id,
        },
        standings.get(row.residence.id) ?? NO_STANDING,
      ),
    })),
    total: totals[0]?.total ?? 0,
    rotationDue: due[0]?.total ?? 0,
    owners,
    next: last
      ? writeCursor([query.sort === 'name' ? last.sortName : last.lastUsedExactly, uuidOf(last.id)])
      : null,
  }
}

type Query = ReturnType<typeof listOwnedAppsSchema.parse>

/** Which apps the catalogue lets the actor see, by where they reside; undefined when it lets them list nowhere here. */
function reachOf(
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
  standings: ReadonlyMap<Id<'organization'>, Standing>,
): SQL | undefined {
  const whole: Id<'organization'>[] = []
  const own: Id<'organization'>[] = []
  const person = personOf(actor)
  for (const [organizationId, standing] of standings) {
    const place = { organizationId, rootOrganizationId }
    if (!may(actor, 'connected-apps.list', place, standing)) continue
    if (may(actor, 'connected-apps.view', place, standing)) whole.push(organizationId)
    else own.push(organizationId)
  }
  if (whole.length + own.length === 0) return undefined
  return or(
    whole.length > 0 ? inArray(connectedApps.organizationId, whole) : undefined,
    own.length > 0 && person
      ? and(inArray(connectedApps.organizationId, own), eq(connectedApps.ownerId, person))
      : undefined,
    sql`false`,
  )
}

function filters(query: Query): (SQL | undefined)[] {
  const { filters: wanted, search } = query
  const pattern = search ? likePattern(search) : null
  return [
    pattern
      ? sql`(${connectedApps.name} ilike ${pattern} or ${connectedApps.clientId} ilike ${pattern} or exists (
          select from unnest(${connectedApps.redirectUris}) uri
          where split_part(split_part(uri, '://', 2), '/', 1) ilike ${pattern}))`
      : undefined,
    wanted.actsAs && eq(connectedApps.actsAs, wanted.actsAs),
    wanted.clientType && eq(connectedApps.clientType, wanted.clientType),
    wanted.residenceId && eq(connectedApps.organizationId, wanted.residenceId),
    wanted.ownerId && eq(connectedApps.ownerId, wanted.ownerId),
    wanted.audience && eq(connectedApps.audience, wanted.audience),
    wanted.origin && eq(connectedApps.origin, wanted.origin),
    wanted.scope ? sql`${wanted.scope} = any(${connectedApps.scopes})` : undefined,
    wanted.state === 'enabled' ? isNull(connectedApps.disabledAt) : undefined,
    wanted.state === 'disabled' ? isNotNull(connectedApps.disabledAt) : undefined,
    wanted.isRotationDue === true ? isNotNull(connectedApps.rotationDueSince) : undefined,
    wanted.isRotationDue === false ? isNull(connectedApps.rotationDueSince) : undefined,
  ]
}

const NAME = sql<string>`lower(${connectedApps.name})`

function order(sort: Query['sort']): SQL[] {
  if (sort === 'name') return [asc(NAME), asc(connectedApps.id)]
  return [sql`${connectedApps.lastUsedAt} desc nulls last`, desc(connectedApps.id)]
}

function after({ sort, cursor }: Query): SQL | undefined {
  const values = readCursor(cursor, [sort === 'name' ? 'text' : 'moment-or-nothing', 'uuid'])
  if (!values) return undefined
  const [value, id] = values
  if (sort === 'name') return sql`(${NAME}, ${connectedApps.id}) > (${value}, ${id}::uuid)`
  if (value === null) return sql`${connectedApps.lastUsedAt} is null and ${connectedApps.id} < ${id}::uuid`
  return sql`(${connectedApps.lastUsedAt} is null
    or (${connectedApps.lastUsedAt}, ${connectedApps.id}) < (${value}::timestamptz, ${id}::uuid))`
}

function select() {
  return database()
    .select({
      id: connectedApps.id,
      clientId: connectedApps.clientId,
      rootOrganizationId: connectedApps.rootOrganizationId,
      name: connectedApps.name,
      sortName: NAME,
      actsAs: connectedApps.actsAs,
      clientType: connectedApps.clientType,
      residence: { id: organizations.id, name: organizations.name },
      owner: { id: users.id, fullName: users.fullName, username: users.username },
      audience: connectedApps.audience,
      origin: connectedApps.origin,
      scopesCount: sql<number>`cardinality(${connectedApps.scopes})`,
      rotationDueSince: connectedApps.rotationDueSince,
      secrets: secretSummary(),
      createdAt: connectedApps.createdAt,
      lastUsedAt: connectedApps.lastUsedAt,
      // A JavaScript moment has no microseconds, which the order has.
      lastUsedExactly: sql<string | null>`${connectedApps.lastUsedAt}::text`,
      disabledAt: connectedApps.disabledAt,
    })
    .from(connectedApps)
    .innerJoin(organizations, eq(organizations.id, connectedApps.organizationId))
    .innerJoin(users, eq(users.id, connectedApps.ownerId))
}
