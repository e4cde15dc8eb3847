import { and, isNotNull, type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { type CountOwnedAppsInput, countOwnedAppsSchema } from './schema.ts'
import { matching, reachOf } from './wanted-apps.ts'

export type OwnedAppsCount = {
  /** How many match on all pages, counted to 10,001 at most unless it is to be exact. */
  total: number
  /** How many of all that the actor sees here should have their secret rotated, counted alike. */
  rotationDue: number
}

/** How many apps Owned Apps shows with this search and these filters. Asked once, not with each page. */
export async function countOwnedApps(actor: Actor, input: CountOwnedAppsInput): Promise<OwnedAppsCount> {
  const query = parse(countOwnedAppsSchema, input)
  const { seen, rootOrganizationId } = await reachOf(database(), actor, query.organizationId)
  const [total, rotationDue] = await Promise.all([
    countTo(query.isExact ? null : COUNTED_MAX + 1, and(seen, matching(rootOrganizationId, query))),
    countTo(COUNTED_MAX + 1, and(seen, isNotNull(connectedApps.rotationDueSince))),
  ])
  return { total, rotationDue }
}

async function countTo(most: number | null, wanted: SQL | undefined): Promise<number> {
  const [row] = await database().execute<{ total: number }>(sql`
    select count(*)::int as total
    from (select from ${connectedApps} where ${wanted} limit ${most}) found`)
  return row?.total ?? 0
}
