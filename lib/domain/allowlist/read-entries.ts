import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Database } from '#db/client'
import { liveEntries } from '#db/schema/allowlist'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { organizations } from '#db/schema/organizations'
import { groups } from '#db/schema/people'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { scopesBeyond } from '../../base/scope-set.ts'
import { describeScopes, highestRisk, type ScopeWords } from '../connected-apps/describe-scopes.ts'
import { goodScopes } from '../connected-apps/good-scopes.ts'
import type { RiskClass } from '../connected-apps/scopes.ts'

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
  /** What the app may ask for here that its entry does not hold. */
  beyond: string[]
  /** What holds it up here, entry or not. */
  isFrozen: boolean
  isBlocked: boolean
  isDisabled: boolean
  /** The group of people it is for; null: everyone. */
  group: { id: Id<'group'>; name: string } | null
  endsAt: Date | null
  /** A save says which it began from. */
  version: number
  origin: 'seeded' | 'request' | 'administrator'
  createdAt: Date
  createdBy: string | null
  updatedAt: Date
  updatedBy: string | null
}

/** What entries are sorted by. */
export const BY_NAME = sql<string>`lower(${connectedApps.name})`

/** The entries of a root organization that meet a condition, by name, and what each of them is called in a cursor; those of deleted apps do not count. */
export async function readEntries(
  db: Database,
  rootOrganizationId: Id<'organization'>,
  condition: SQL | undefined,
  rowsMax: number,
): Promise<(ListedEntry & { byName: string })[]> {
  const updater = alias(users, 'updater')
  const found = await db
    .select({
      entryId: liveEntries.id,
      appId: connectedApps.id,
      name: connectedApps.name,
      clientId: connectedApps.clientId,
      publisher: organizations.name,
      isInternal: sql<boolean>`${connectedApps.rootOrganizationId} = ${liveEntries.rootOrganizationId}`,
      entryScopes: liveEntries.scopes,
      goodScopes: goodScopes({
        scopes: connectedApps.scopes,
        appRoot: connectedApps.rootOrganizationId,
        root: liveEntries.rootOrganizationId,
      }),
      isFrozen: sql<boolean>`${installations.frozenAt} is not null`,
      isBlocked: sql<boolean>`${installations.blockedAt} is not null`,
      isDisabled: sql<boolean>`${connectedApps.disabledAt} is not null`,
      groupId: liveEntries.groupId,
      groupName: groups.name,
      endsAt: liveEntries.endsAt,
      version: liveEntries.version,
      origin: liveEntries.origin,
      createdAt: liveEntries.createdAt,
      createdBy: users.fullName,
      updatedAt: liveEntries.updatedAt,
      updatedBy: updater.fullName,
      byName: BY_NAME,
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
    .where(and(eq(liveEntries.rootOrganizationId, rootOrganizationId), condition))
    .orderBy(asc(BY_NAME), asc(liveEntries.id))
    .limit(rowsMax)
  const words = await describeScopes(db, [...new Set(found.flatMap((row) => row.entryScopes))])
  return found.map(({ entryScopes, goodScopes, groupId, groupName, ...row }) => {
    const scopes = words.filter((one) => entryScopes.includes(one.name))
    return {
      ...row,
      group: groupId && { id: groupId, name: groupName ?? '' },
      scopes,
      risk: highestRisk(scopes),
      beyond: scopesBeyond(goodScopes, entryScopes),
    }
  })
}
