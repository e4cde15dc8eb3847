import { sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'
import { recordEach } from '../audit/record.ts'
import type { SystemActor } from '../permissions/actor.ts'
import { type EndedRequest, endedRow, happeningOf } from './ended-requests.ts'
import { whoWaits } from './who-asks.ts'

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

/** So few that locks are held for moments. */
const REQUESTS_AT_ONCE = 100

/**
 * Withdraws requests whose people have all left the organization, or lost their account: an answer would be for nobody. There
 * is nobody to tell. Returns how many.
 */
export async function endLeftRequests(): Promise<number> {
  return inBatches((rows) => transaction((tx) => endSome(tx, rows)), REQUESTS_AT_ONCE)
}

async function endSome(tx: Transaction, rows: number): Promise<number> {
  const isLeft = sql`q.answered_at is null and q.requested_at is not null and q.expires_at > now()
    and not exists (${whoWaits(sql`q.id`)})`
  // Held first, and looked at once more only then: somebody may be joining one at this moment.
  const found = await tx.execute<{ id: string }>(
    sql`select q.id from approval_requests q where ${isLeft} order by q.id limit ${rows}::int for update skip locked`,
  )
  const ended = await tx.execute<EndedRequest>(sql`
    update approval_requests q set answer = 'withdrawn', answered_at = now()
    from connected_apps c
    where c.id = q.app_id and q.id = any(${sql.param(found.map(({ id }) => id))}::uuid[]) and ${isLeft}
    returning ${endedRow}`)
  await recordEach(
    tx,
    CLOCK,
    ended.map((one) => happeningOf('allowlist.request-left', one)),
  )
  return ended.length
}
