import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { requestCounts } from '#db/schema/api-calls'
import { hashToken } from '../../base/secrets.ts'
import { RATE_WINDOW_SECONDS, RATES, type RateName } from './schema.ts'

export type Count = {
  rate: RateName
  limit: number
  left: number
  /** Until a new minute begins for the caller. */
  resetSeconds: number
  isOver: boolean
}

/**
 * Counts one request of a caller, in one statement and for every process at once, and says how many are left in the minute
 * that began with the first of them.
 */
export async function countRequest(rate: RateName, caller: string): Promise<Count> {
  const window = sql`make_interval(secs => ${RATE_WINDOW_SECONDS})`
  const isOver = sql`${requestCounts.windowStartedAt} <= now() - ${window}`
  const [row] = await database()
    .insert(requestCounts)
    .values({ keyHash: hashToken(`${rate} ${caller}`), requests: 1, windowStartedAt: sql`now()` })
    .onConflictDoUpdate({
      target: requestCounts.keyHash,
      set: {
        requests: sql`case when ${isOver} then 1 else ${requestCounts.requests} + 1 end`,
        windowStartedAt: sql`case when ${isOver} then now() else ${requestCounts.windowStartedAt} end`,
      },
    })
    .returning({
      requests: requestCounts.requests,
      resetSeconds: sql<number>`greatest(1, ceil(extract(epoch from ${requestCounts.windowStartedAt} + ${window} - now())))::int`,
    })
  const { requests, resetSeconds } = row ?? { requests: 1, resetSeconds: RATE_WINDOW_SECONDS }
  const limit = RATES[rate]
  return { rate, limit, left: Math.max(0, limit - requests), resetSeconds, isOver: requests > limit }
}

/** What every answer tells its caller (draft-ietf-httpapi-ratelimit-headers), and when to come again after one too many. */
export function rateHeaders({ rate, limit, left, resetSeconds, isOver }: Count): Record<string, string> {
  return {
    'RateLimit-Policy': `"${rate}";q=${limit};w=${RATE_WINDOW_SECONDS}`,
    RateLimit: `"${rate}";r=${left};t=${resetSeconds}`,
    ...(isOver ? { 'Retry-After': String(resetSeconds) } : {}),
  }
}

/** What is said to one too many. */
export function tooManyRequests({ limit, resetSeconds }: Count): string {
  return `These are too many requests: ${limit.toLocaleString('en')} a minute are yours. Go on in ${resetSeconds} seconds.`
}
