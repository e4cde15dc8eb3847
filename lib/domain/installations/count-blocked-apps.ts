import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { blockedApps } from './wanted-blocked-apps.ts'

/** How many apps are blocked in a root organization, or match a search of them: exact up to 10,000; 10,001 stands for more. */
export async function countBlockedApps(
  actor: Actor,
  { rootOrganizationId, search }: { rootOrganizationId: Id<'organization'>; search?: string },
): Promise<number> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  const [count] = await db.execute<{ total: number }>(sql`
    select count(*)::int as total
    from (select ${blockedApps(rootOrganizationId, search)} limit ${COUNTED_MAX + 1}) counted`)
  return count?.total ?? 0
}
