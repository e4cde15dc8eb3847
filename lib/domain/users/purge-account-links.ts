import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'

/** What counts how many were sent within an hour; the audit log keeps the rest. */
const LINKS_KEPT_DAYS = 1

/** Deletes mailed links that expired. Returns how many. */
export function purgeAccountLinks(): Promise<number> {
  return inBatches(async (rows) => {
    const { count } = await database().execute(sql`
      delete from account_links where token_hash in (
        select token_hash from account_links where expires_at < now() - make_interval(days => ${LINKS_KEPT_DAYS})
        order by expires_at limit ${rows} for update skip locked)`)
    return count
  })
}
