import { type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { type AuthorizedAppsFilters, authorizedAppsFiltersSchema } from './schema.ts'
import { isShown, wantedApps, wantedAppsWithPeople } from './wanted-authorized-apps.ts'

/** How many apps were last used when; the days are those of `LAST_USE_BANDS`. */
export type AppsByLastUse = Record<LastUseBand, number>
export type LastUseBand = 'week' | 'month' | 'quarter' | 'longer' | 'never'

export type AuthorizedAppsCount = {
  /** Exact up to 10,000; 10,001 stands for more. */
  total: number
  /** All that match, whatever their last use: what a filter by last use chooses from. */
  byLastUse: AppsByLastUse
}

/** How many apps the Authorizations list has under these filters, on all pages, and how long ago they were used. */
export async function countAuthorizedApps(
  actor: Actor,
  { rootOrganizationId, ...given }: AuthorizedAppsFilters & { rootOrganizationId: Id<'organization'> },
): Promise<AuthorizedAppsCount> {
  const filters = parse(authorizedAppsFiltersSchema, given)
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const { usedWithinDays, unusedForDays, isUsed, ...others } = filters
  const [byLastUse] = await db.execute<AppsByLastUse>(sql`
    select
      (count(*) filter (where days < 7))::int as week,
      (count(*) filter (where days >= 7 and days < 30))::int as month,
      (count(*) filter (where days >= 30 and days < 90))::int as quarter,
      (count(*) filter (where days >= 90))::int as longer,
      (count(*) filter (where days is null))::int as never
    from (select extract(epoch from now() - i.last_used_at) / 86400 as days
      ${liveApps(root, others)} limit ${COUNTED_MAX + 1}) used`)
  if (!byLastUse) throw new Error('A count returned no row.')
  const isByLastUse = usedWithinDays !== undefined || unusedForDays !== undefined || isUsed !== undefined
  if (!isByLastUse) return { total: Object.values(byLastUse).reduce((a, b) => a + b, 0), byLastUse }
  const [count] = await db.execute<{ total: number }>(sql`
    select count(*)::int as total from (select ${liveApps(root, filters)} limit ${COUNTED_MAX + 1}) counted`)
  return { total: count?.total ?? 0, byLastUse }
}

/** A search leaves few, which are asked one by one; without `offset 0` all of them would be. */
function liveApps(root: SQL, filters: AuthorizedAppsFilters): SQL {
  return filters.search
    ? sql`from (select i.* ${wantedApps(root, filters)} offset 0) i where ${isShown}`
    : wantedAppsWithPeople(root, filters)
}
