import { and, desc, eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { database } from '#db/client'
import { liveAuthorizations } from '#db/schema/authorizations'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { type Cursor, writeCursor } from '../../base/cursor.ts'
import { environment } from '../../base/env.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { Refusal } from '../../base/refusal.ts'
import { describeScopes, type ScopeWords } from '../connected-apps/describe-scopes.ts'
import { isFamilyUsable } from '../installations/count-effect.ts'
import type { Actor } from '../permissions/actor.ts'
import { admits } from '../permissions/password-tokens.ts'
import { afterLastUse } from './after-last-use.ts'

/** A page of a phone. */
export const MY_PAGE_ROWS = 20

export type MyAuthorization = {
  authorizationId: Id<'authorization'>
  app: { id: Id<'app'>; name: string; publisher: string; website: string | null }
  organization: { id: Id<'organization'>; name: string }
  /** What it can do, the highest risk first. */
  scopes: ScopeWords[]
  /** Whether it is held back for now, so that none of its tokens works; and by what, or `stopped` by an administrator, who froze, disabled or withdrew the app. */
  isHeld: boolean
  heldBecause: HeldBecause | null
  /** Whether it works only from some networks of the organization. */
  isHeldToNetworks: boolean
  authorizedAt: Date
  lastUsedAt: Date | null
  /** Where it was signed in from, the newest first: token families with a token that could still be used. */
  families: MyFamily[]
  /** Whether there are more than these. */
  moreFamilies: boolean
}

/** The organization where the app acts is suspended, or the one that publishes it, or somebody stopped the app. */
export const HELD_BECAUSE = ['organization-suspended', 'publisher-suspended', 'stopped'] as const
export type HeldBecause = (typeof HELD_BECAUSE)[number]

export type MyFamily = {
  familyId: Id<'tokenFamily'>
  startedAt: Date
  ip: string | null
  userAgent: string | null
  lastUsedAt: Date | null
}

/** More places than anybody signs in from to one app. */
const FAMILIES_SHOWN = 10

export type NearLimit = { organization: { id: Id<'organization'>; name: string }; live: number; max: number }

/**
 * What a person has allowed, in every organization, the last used first and the never used last, a page at a time.
 * Theirs alone: no app may ask.
 */
export async function listMyAuthorizations(
  actor: Actor,
  input: { cursor?: Cursor; search?: string } = {},
): Promise<{ rows: MyAuthorization[]; next: Cursor; nearLimit: NearLimit[] }> {
  if (actor.kind !== 'user' || actor.through) {
    throw new Refusal('forbidden', 'People see their own authorizations; no app does for them.')
  }
  const db = database()
  const publisher = alias(organizations, 'publisher')
  const found = await db
    .select({
      authorizationId: liveAuthorizations.id,
      app: {
        id: connectedApps.id,
        name: connectedApps.name,
        publisher: publisher.name,
        website: connectedApps.website,
      },
      organization: { id: organizations.id, name: organizations.name },
      scopeNames: liveAuthorizations.scopes,
      // As the view `live_tokens` asks.
      heldBecause: sql<HeldBecause | null>`case
        when ${organizations.suspendedAt} is not null then 'organization-suspended'
        when ${publisher.suspendedAt} is not null then 'publisher-suspended'
        when ${liveAuthorizations.isHeld} or ${connectedApps.disabledAt} is not null then 'stopped' end`,
      isHeldToNetworks: sql<boolean>`${liveAuthorizations.networkMode} <> 'off'`,
      authorizedAt: liveAuthorizations.createdAt,
      lastUsedAt: liveAuthorizations.lastUsedAt,
      at: sql<string | null>`${liveAuthorizations.lastUsedAt}::text`,
    })
    .from(liveAuthorizations)
    .innerJoin(connectedApps, eq(connectedApps.id, liveAuthorizations.appId))
    .innerJoin(publisher, eq(publisher.id, connectedApps.rootOrganizationId))
    .innerJoin(organizations, eq(organizations.id, liveAuthorizations.rootOrganizationId))
    .where(
      and(
        eq(liveAuthorizations.userId, actor.userId),
        sql`exists (select from organizations r where r.id = ${liveAuthorizations.rootOrganizationId} and ${admits(actor)})`,
        matches(input.search, connectedApps.name, publisher.name),
        afterLastUse(input.cursor, liveAuthorizations.lastUsedAt, liveAuthorizations.id),
      ),
    )
    .orderBy(sql`${liveAuthorizations.lastUsedAt} desc nulls last`, desc(liveAuthorizations.id))
    .limit(MY_PAGE_ROWS + 1)
  const page = found.slice(0, MY_PAGE_ROWS)
  const words = await describeScopes(db, [...new Set(page.flatMap((row) => row.scopeNames))])
  const last = found.length > MY_PAGE_ROWS ? page.at(-1) : undefined
  const families = await familiesOf(page.map(({ authorizationId }) => authorizationId))
  return {
    rows: page.map(({ scopeNames, at: _, ...row }) => ({
      ...row,
      isHeld: row.heldBecause !== null,
      scopes: words.filter((one) => scopeNames.includes(one.name)),
      families: (families.get(row.authorizationId) ?? []).slice(0, FAMILIES_SHOWN),
      moreFamilies: (families.get(row.authorizationId) ?? []).length > FAMILIES_SHOWN,
    })),
    next: last ? writeCursor([last.at, uuidOf(last.authorizationId)]) : null,
    nearLimit: await nearLimit(actor.userId),
  }
}

/** Where a person has not many more apps to allow before they must take one back: from four fifths on. */
async function nearLimit(userId: Id<'user'>): Promise<NearLimit[]> {
  const max = environment().authorizationsPerPersonMax
  const rows = await database().execute<{ id: string; name: string; live: number }>(sql`
    select r.id, r.name, count(*)::int as live from live_authorizations l
    join organizations r on r.id = l.root_organization_id
    where l.user_id = ${uuidOf(userId)}::uuid
    group by r.id having count(*) >= ${max} * 0.8 order by lower(r.name), r.id`)
  return rows.map(({ id, name, live }) => ({
    organization: { id: idOf('organization', id), name },
    live,
    max,
  }))
}

/** By name of the app or of its publisher. */
function matches(search: string | undefined, app: SQLWrapper, publisher: SQLWrapper): SQL | undefined {
  if (!search?.trim()) return undefined
  const pattern = likePattern(search)
  return sql`(${app} ilike ${pattern} or ${publisher} ilike ${pattern})`
}

type FoundFamily = Omit<MyFamily, 'familyId' | 'startedAt' | 'lastUsedAt'> & {
  yes: string
  id: string
  startedAt: string
  lastUsedAt: string | null
}

async function familiesOf(
  authorizationIds: readonly Id<'authorization'>[],
): Promise<Map<Id<'authorization'>, MyFamily[]>> {
  const ids = `{${authorizationIds.map(uuidOf).join(',')}}`
  const rows = await database().execute<FoundFamily>(sql`
    select f.authorization_id as yes, f.id, f.created_at::text as "startedAt", host(f.ip) as ip,
      f.user_agent as "userAgent", f.last_used_at::text as "lastUsedAt"
    from unnest(${ids}::uuid[]) as wanted (id)
    cross join lateral (
      select f.* from token_families f
      where f.authorization_id = wanted.id and f.ended_at is null and ${isFamilyUsable}
      order by f.created_at desc, f.id desc limit ${FAMILIES_SHOWN + 1}) f
    order by f.created_at desc, f.id desc`)
  const families = new Map<Id<'authorization'>, MyFamily[]>()
  for (const { yes, id, startedAt, lastUsedAt, ...row } of rows) {
    const of = idOf('authorization', yes)
    const family = {
      ...row,
      familyId: idOf('tokenFamily', id),
      startedAt: new Date(startedAt),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
    }
    families.set(of, [...(families.get(of) ?? []), family])
  }
  return families
}
