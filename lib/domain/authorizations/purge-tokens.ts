import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'

/** Kept past its end, so that a late reuse is still recognized as one. */
const TOKENS_KEPT_DAYS = 7

/**
 * Deletes records of codes and tokens that expired a week ago and more. Several processes may do it at once: each takes
 * rows no other holds. Returns how many.
 */
export function purgeTokens(): Promise<number> {
  return inBatches(async (rows) => {
    const { count } = await database().execute(sql`
      delete from tokens where hash in (
        select hash from tokens where expires_at < now() - make_interval(days => ${TOKENS_KEPT_DAYS})
        order by expires_at limit ${rows} for update skip locked)`)
    return count
  })
}
