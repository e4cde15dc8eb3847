import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'
import { REQUEST_DAYS } from './schema.ts'

/** No request of an app waits longer for its person, and nobody is told of the next ones later. */
const KEPT_HOURS = 24

/**
 * Forgets where people had stopped who pressed Request a day ago, and who had been told of requests that are over and can wait no
 * more. The requests themselves stay. Returns how many rows.
 */
export async function purgeRequestLeftovers(): Promise<number> {
  const stops = await inBatches(async (rows) => {
    const { count } = await database().execute(sql`
      update approval_requesters set sealed_interaction = null where (request_id, user_id) in (
        select r.request_id, r.user_id from approval_requesters r join approval_requests q on q.id = r.request_id
        where r.sealed_interaction is not null
          -- Whoever presses Request gives it its full time anew.
          and q.expires_at < now() + make_interval(days => ${REQUEST_DAYS}) - make_interval(hours => ${KEPT_HOURS})
        limit ${rows} for update of r skip locked)`)
    return count
  })
  const notices = await inBatches(async (rows) => {
    const { count } = await database().execute(sql`
      delete from approval_notices where (request_id, user_id) in (
        select n.request_id, n.user_id from approval_notices n join approval_requests q on q.id = n.request_id
        where q.answered_at is not null and q.expires_at < now() - make_interval(hours => ${KEPT_HOURS})
        limit ${rows} for update of n skip locked)`)
    return count
  })
  return stops + notices
}
