import { eq, sql } from 'drizzle-orm'
import { requestCounts } from '#db/schema/api-calls'
import { hashToken } from '#lib/base/secrets'
import { countRequest } from '#lib/domain/api-calls/count-request'
import type { RateName } from '#lib/domain/api-calls/schema'
import { database } from '#test/database'

/** As if so many requests of a caller had been counted in the minute that runs. */
export async function alreadyAsked(rate: RateName, caller: string, requests: number): Promise<void> {
  await countRequest(rate, caller)
  await database()
    .update(requestCounts)
    .set({ requests, windowStartedAt: sql`now()` })
    .where(eq(requestCounts.keyHash, hashToken(`${rate} ${caller}`)))
}
