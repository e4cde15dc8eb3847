import { and, asc, eq, ilike, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { database } from '#db/client'
import { liveEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { organizations } from '#db/schema/organizations'
import { groups } from '#db/schema/people'
import { users } from '#db/schema/users'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import { describeScopes, highestRisk, type ScopeWords } from '../connected-apps/describe-scopes.ts'
import type { RiskClass } from '../connected-apps/scopes.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { PAGE_ROWS } from './schema.ts'

export type ListedEntry = {
  entryId: Id<'entry'>
  appId: Id<'app'>
  name: string
  clientId: string
  publisher: string
  isInternal: boolean
  /** The highest risk first. */
  scopes: ScopeWords[]
  risk: RiskClass
  /** What the app may ask for that its entry does not hold. */
  beyond: string[]
  /** What holds it up here, entry or not. */
  isFrozen: boolean
  isBlocked: boolean
  isDisabled: boolean
  /** The group of people it is for; null: everyone. */
  group: { id: Id<'group'>; name: string } | null
  endsAt: Date | null
  origin: 'seeded' | 'request' | 'administrator'
  createdAt: Date
  createdBy: string | null
  updatedAt: Date
  updatedBy: string | null
}

/** The application allowlist by name, a page at a time; entries of deleted apps do not count. */
export async function listEntries(
  actor: Actor,
  input: { rootOrganizationId: Id<'organization'>; search?: string; cursor?: Cursor },
): Promise<{ rows: ListedEntry[]; next: Cursor }> {
  const db = database()
  await checkInRoot(db, actor, input.rootOrganizationId, 'allowlist.view')
  const after = readCursor(input.cursor, ['text', 'uuid'])
  const search = input.search?.trim()
  const updater = alias(users, 'updater')
  const byName = sql<string>`lower(${connectedApps.name})`
  const found = await db
    .select({
      entryId: liveEntries.id,
      appId: connectedApps.id,
      name: connectedApps.name,
      clientId: connectedApps.clientId,
      publisher: organizations.name,
      isInternal: sql<boolean>`${connectedApps.rootOrganizationId} = ${liveEntries.rootOrganizationId}`,
      entryScopes: liveEntries.scopes,
      appScopes: connectedApps.scopes,
      isFrozen: sql<boolean>`${installations.frozenAt} is not null`,
      isBlocked: sql<boolean>`${installations.blockedAt} is not null`,
      isDisabled: sql<boolean>`${connectedApps.disabledAt} is not null`,
      groupId: liveEntries.groupId,
      groupName: groups.name,
      endsAt: liveEntries.endsAt,
      origin: liveEntries.origin,
      createdAt: liveEntries.createdAt,
      createdBy: users.fullName,
      updatedAt: liveEntries.updatedAt,
      updatedBy: updater.fullName,
      byName,
    })
    .from(liveEntries)
    .innerJoin(connectedApps, and(eq(connectedApps.id, liveEntries.appId), isNull(connectedApps.endedAt)))
    .innerJoin(organizations, eq(organizations.id, connectedApps.rootOrganizationId))
    .leftJoin(
      installations,
      and(
        eq(installations.rootOrganizationId, liveEntries.rootOrganizationId),
        eq(installations.appId, liveEntries.appId),
      ),
    )
    .leftJoin(groups, eq(groups.id, liveEntries.groupId))
    .leftJoin(users, eq(users.id, liveEntries.createdBy))
    .leftJoin(updater, eq(updater.id, liveEntries.updatedBy))
    .where(
      and(
        eq(liveEntries.rootOrganizationId, input.rootOrganizationId),
        search
          ? or(
              ilike(connectedApps.name, likePattern(search)),
              ilike(organizations.name, likePattern(search)),
              eq(connectedApps.clientId, search),
            )
          : undefined,
        after ? sql`(${byName}, ${liveEntries.id}) > (${after[0]}, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(byName), asc(liveEntries.id))
    .limit(PAGE_ROWS + 1)
  const page = found.slice(0, PAGE_ROWS)
  const words = await wordsByName(page.flatMap((row) => row.entryScopes))
  const last = found.length > PAGE_ROWS ? page.at(-1) : undefined
  return {
    rows: page.map(({ entryScopes, appScopes, byName: _, groupId, groupName, ...row }) => {
      const scopes = words.filter((one) => entryScopes.includes(one.name))
      const group = groupId && { id: groupId, name: groupName ?? '' }
      return {
        ...row,
        group,
        scopes,
        risk: highestRisk(scopes),
        beyond: scopesBeyond(appScopes, entryScopes),
      }
    }),
    next: last ? writeCursor([last.byName, uuidOf(last.entryId)]) : null,
  }
}

function wordsByName(names: readonly string[]): Promise<ScopeWords[]> {
  return describeScopes(database(), [...new Set(names)])
}
