import { sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { type Id, isId, uuidOf } from '../../base/ids.ts'
import { inBatches } from '../../base/in-batches.ts'
import { recordEach } from '../audit/record.ts'
import type { SystemActor } from '../permissions/actor.ts'
import { type EndedRequest, endedId, endedRow, happeningOf } from './ended-requests.ts'
import { tellRequesters } from './tell-requesters.ts'

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

/** So few that locks are held for moments. */
const REQUESTS_AT_ONCE = 100

/**
 * Closes the requests for an app that was deleted, in every organization, and tells whoever waited. Left to be done by the
 * deletion itself. Returns how many.
 */
export async function endRequestsOfApp({ appId }: { appId: string }): Promise<number> {
  if (!isId('app', appId)) return 0
  return inBatches((rows) => transaction((tx) => endSome(tx, appId, rows)), REQUESTS_AT_ONCE)
}

async function endSome(tx: Transaction, appId: Id<'app'>, rows: number): Promise<number> {
  const ended = await tx.execute<EndedRequest>(sql`
    update approval_requests q set answer = 'app-deleted', answered_at = now(), answered_by = c.ended_by
    from connected_apps c
    where c.id = q.app_id and c.ended_at is not null and q.id in (
      select id from approval_requests
      where app_id = ${uuidOf(appId)}::uuid and answered_at is null and requested_at is not null
      order by id limit ${rows}::int for update)
    returning ${endedRow}`)
  await recordEach(
    tx,
    CLOCK,
    ended.map((one) => happeningOf('allowlist.request-app-deleted', one)),
  )
  await tellRequesters(tx, ended.map(endedId), { kind: 'app-deleted' })
  return ended.length
}
