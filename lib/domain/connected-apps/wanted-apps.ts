import { and, eq, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { appSearch, connectedApps } from '#db/schema/connected-apps'
import { type Id, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { branchOf } from '../permissions/branch-standings.ts'
import { absentOrganization } from '../permissions/check-organization.ts'
import { may } from '../permissions/may.ts'
import type { Standing } from '../permissions/standing.ts'
import { SEARCH_ANYWHERE_LENGTH_MIN, SECRET_ENDS_SOON_DAYS, type WantedApps } from './schema.ts'

/** The live apps of a branch as far as an actor may see them, and what the actor is in each organization of it. */
export type Reach = {
  rootOrganizationId: Id<'organization'>
  standings: ReadonlyMap<Id<'organization'>, Standing>
  /** For a statement over `connected_apps`. */
  seen: SQL
}

/**
 * Which apps of an organization and of those below it the actor may see: administrators all of their branch, developers the
 * ones they own. Refuses whoever may list nowhere here like an organization that is absent.
 */
export async function reachOf(
  tx: Database | Transaction,
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<Reach> {
  const { rootOrganizationId, standings } = await branchOf(tx, actor, organizationId)
  // Ended itself, it is no longer among its own branch.
  if (!rootOrganizationId || !standings.has(organizationId)) throw await absentOrganization(tx, actor)
  const whole: Id<'organization'>[] = []
  const own: Id<'organization'>[] = []
  for (const [at, standing] of standings) {
    const here = { organizationId: at, rootOrganizationId }
    if (!may(actor, 'connected-apps.list', here, standing)) continue
    if (may(actor, 'connected-apps.view', here, standing)) whole.push(at)
    else own.push(at)
  }
  if (whole.length + own.length === 0) throw await absentOrganization(tx, actor)
  const isWholeTree = organizationId === rootOrganizationId && whole.length === standings.size
  return {
    rootOrganizationId,
    standings,
    seen: seenIn(actor, rootOrganizationId, { whole, own, isWholeTree }),
  }
}

type Places = { whole: Id<'organization'>[]; own: Id<'organization'>[]; isWholeTree: boolean }

function seenIn(actor: Actor, rootOrganizationId: Id<'organization'>, { whole, own, isWholeTree }: Places) {
  const person = personOf(actor)
  return sql`${and(
    isNull(connectedApps.endedAt),
    eq(connectedApps.rootOrganizationId, rootOrganizationId),
    // The whole tree needs no list of its organizations: whatever has the root is in it.
    isWholeTree
      ? undefined
      : or(
          whole.length > 0 ? inArray(connectedApps.organizationId, whole) : undefined,
          own.length > 0 && person
            ? and(inArray(connectedApps.organizationId, own), eq(connectedApps.ownerId, person))
            : undefined,
          sql`false`,
        ),
  )}`
}

type Wanted = Pick<WantedApps, 'search' | 'filters'>

/** Those that match a search and filters, for a statement over `connected_apps`. */
export function matching(rootOrganizationId: Id<'organization'>, wanted: Wanted): SQL | undefined {
  const found = inSearch(rootOrganizationId, wanted)
  return and(
    ofItself(wanted),
    found &&
      sql`exists (select from ${appSearch} where ${appSearch.appId} = ${connectedApps.id} and ${found})`,
  )
}

/** What the apps' own rows answer of it. */
export function ofItself({ filters }: Wanted): SQL | undefined {
  return and(
    filters.residenceIds && inArray(connectedApps.organizationId, filters.residenceIds),
    filters.ownerId && eq(connectedApps.ownerId, filters.ownerId),
    filters.isRotationDue === true ? isNotNull(connectedApps.rotationDueSince) : undefined,
    filters.isRotationDue === false ? isNull(connectedApps.rotationDueSince) : undefined,
  )
}

/** What the search table answers: every condition by one of its indexes, so that what few apps are is found without reading the others. Undefined: nothing is asked of it. */
export function inSearch(
  rootOrganizationId: Id<'organization'>,
  { search, filters }: Wanted,
): SQL | undefined {
  const { actsAs, clientType, audience, origin, state, scope, redirectHost, secret } = filters
  const facets = Object.entries({ actsAs, clientType, audience, origin, state, scope }).flatMap(
    ([name, value]) => (value ? [`${FACET[name]}:${value}`] : []),
  )
  const conditions = [
    search?.trim() ? sql`${appSearch.words} like lower(${wordsPattern(search)})` : undefined,
    redirectHost?.trim()
      ? sql`${appSearch.redirectHosts} like lower(${likePattern(redirectHost)})`
      : undefined,
    facets.length > 0 ? sql`${appSearch.facets} @> ${sql.param(facets)}::text[]` : undefined,
    secret && SECRET[secret],
  ].filter((condition) => condition !== undefined)
  if (conditions.length === 0) return undefined
  // Of other organizations' apps, however many match, none is looked at. Last: a row that fits nothing else is not asked for it.
  const ofRoot = sql`${appSearch.facets} @> ${sql.param([`root:${uuidOf(rootOrganizationId)}`])}::text[]`
  return and(...conditions, ofRoot)
}

function wordsPattern(search: string): string {
  const pattern = likePattern(search)
  return search.trim().length < SEARCH_ANYWHERE_LENGTH_MIN ? pattern.slice(1) : pattern
}

const FACET: Readonly<Record<string, string>> = {
  actsAs: 'acts-as',
  clientType: 'client-type',
  audience: 'audience',
  origin: 'origin',
  state: 'state',
  scope: 'scope',
}

const works = sql`${appSearch.secretEndsAt} > now()`
const madeBefore = (days: number) =>
  sql`${works} and ${appSearch.secretMadeAt} <= now() - make_interval(days => ${days})`

const SECRET: Readonly<Record<NonNullable<WantedApps['filters']['secret']>, SQL>> = {
  none: sql`${appSearch.secretEndsAt} <= now()`,
  'ends-soon': sql`${works} and ${appSearch.secretEndsAt} <= now() + make_interval(days => ${SECRET_ENDS_SOON_DAYS})`,
  'over-90-days': madeBefore(90),
  'over-180-days': madeBefore(180),
  'over-365-days': madeBefore(365),
}
