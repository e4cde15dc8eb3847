import { type SQL, sql } from 'drizzle-orm'

/**
 * What a live invitation `i` is: open, in its days, into an organization that is there, and sent by somebody who may
 * still invite. Whoever sent it and administers no more has left nothing behind that opens a door; sending it again
 * makes it the new sender's. The only place that says so.
 */
export const IS_LIVE: SQL = sql`(i.accepted_at is null and i.ended_at is null and i.expires_at > now() and ${isSenderGood()}
  and exists (select from organizations o join organizations r on r.id = o.root_organization_id
    where o.id = i.organization_id and o.ended_at is null and r.ended_at is null and r.suspended_at is null))`

/** An app or the process itself answers for what it sends; a person as long as they administer the root organization. */
export function isSenderGood(): SQL {
  return sql`(i.invited_by is null or exists (
    select from memberships m join users s on s.id = m.user_id and s.ended_at is null and s.deactivated_at is null
    where m.user_id = i.invited_by and m.organization_id = i.root_organization_id and m.role = 'administrator'
      and m.ended_at is null))`
}
