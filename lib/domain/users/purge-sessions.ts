import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'

/** Long enough to look back at who was signed in; the audit log keeps the rest. */
const SESSIONS_KEPT_DAYS = 90

/** Deletes sessions that expired long ago. Returns how many. */
export function purgeSessions(): Promise<number> {
  return inBatches(async (rows) => {
    const { count } = await database().execute(sql`
      delete from sessions where id in (
        select id from sessions where expires_at < now() - make_interval(days => ${SESSIONS_KEPT_DAYS})
        order by expires_at limit ${rows} for update skip locked)`)
    return count
  })
}
