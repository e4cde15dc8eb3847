import { lt, lte, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { idempotencyKeys, requestCounts } from '#db/schema/api-calls'
import { RATE_WINDOW_SECONDS } from './schema.ts'

/** Deletes keys whose day is over, with what was answered. Returns how many. */
export async function purgeIdempotencyKeys(): Promise<number> {
  const { count } = await database().delete(idempotencyKeys).where(lte(idempotencyKeys.expiresAt, sql`now()`))
  return count
}

/** Deletes counts whose minute is over: the next request would begin a new one. */
export async function purgeRequestCounts(): Promise<number> {
  const window = sql`make_interval(secs => ${RATE_WINDOW_SECONDS})`
  const { count } = await database()
    .delete(requestCounts)
    .where(lt(requestCounts.windowStartedAt, sql`now() - ${window}`))
  return count
}
