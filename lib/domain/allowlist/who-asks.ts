import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/**
 * The people who wait with a request, as `user_id, reason, requested_at`: whoever pressed Request and still has an account and
 * a place in the organization. Of whoever left, nobody waits.
 */
export function whoWaits(requestId: SQLWrapper): SQL {
  return sql`select w.user_id, w.reason, w.requested_at from approval_requesters w
    join approval_requests wq on wq.id = w.request_id
    join users wu on wu.id = w.user_id and wu.ended_at is null and wu.deactivated_at is null
    join memberships wm on wm.user_id = w.user_id and wm.organization_id = wq.root_organization_id and wm.ended_at is null
    where w.request_id = ${requestId}`
}

/** The people to name with a request, as the same: while it waits those who do; of one that is over, all who had asked. */
export function whoAsks(requestId: SQLWrapper): SQL {
  return sql`select a.user_id, a.reason, a.requested_at from approval_requesters a
    where a.request_id = ${requestId} and (a.user_id in (select user_id from (${whoWaits(requestId)}) ww)
      or exists (select from approval_requests aq where aq.id = a.request_id and aq.answered_at is not null))`
}
