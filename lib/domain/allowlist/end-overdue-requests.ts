import { sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { recordEach } from '../audit/record.ts'
import type { SystemActor } from '../permissions/actor.ts'
import { type EndedRequest, endedId, endedRow, happeningOf } from './ended-requests.ts'
import { tellRequesters } from './tell-requesters.ts'

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

/** Closes requests whose time is over and tells whoever waited; pressing Request begins anew. Returns how many. */
export async function endOverdueRequests(): Promise<number> {
  return transaction(async (tx) => {
    const ended = await tx.execute<EndedRequest>(sql`
      update approval_requests q set answer = 'expired', answered_at = now()
      from connected_apps c
      where c.id = q.app_id and q.id in (
        select id from approval_requests
        where answered_at is null and requested_at is not null and expires_at <= now()
        order by id for update skip locked)
      returning ${endedRow}`)
    await recordEach(
      tx,
      CLOCK,
      ended.map((one) => happeningOf('allowlist.request-expired', one)),
    )
    await tellRequesters(tx, ended.map(endedId), { kind: 'expired' })
    return ended.length
  })
}
