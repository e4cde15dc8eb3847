import { sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'
import { recordEach } from '../audit/record.ts'
import type { SystemActor } from '../permissions/actor.ts'
import { type EndedRequest, endedId, endedRow, happeningOf } from './ended-requests.ts'
import { tellRequesters } from './tell-requesters.ts'

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

/** So few that locks are held for moments, and that the mails to whoever waited are no flood in one transaction. */
const REQUESTS_AT_ONCE = 100

/**
 * Closes requests whose time is over and tells whoever waited; pressing Request begins anew. Some a transaction: who breaks
 * off has closed those. Returns how many.
 */
export async function endOverdueRequests({ atOnce = REQUESTS_AT_ONCE } = {}): Promise<number> {
  return inBatches((rows) => transaction((tx) => endSome(tx, rows)), atOnce)
}

async function endSome(tx: Transaction, rows: number): Promise<number> {
  const ended = await tx.execute<EndedRequest>(sql`
    update approval_requests q set answer = 'expired', answered_at = now()
    from connected_apps c
    where c.id = q.app_id and q.id in (
      select id from approval_requests
      where answered_at is null and requested_at is not null and expires_at <= now()
      order by id limit ${rows}::int for update skip locked)
    returning ${endedRow}`)
  await recordEach(
    tx,
    CLOCK,
    ended.map((one) => happeningOf('allowlist.request-expired', one)),
  )
  await tellRequesters(tx, ended.map(endedId), { kind: 'expired' })
  return ended.length
}
