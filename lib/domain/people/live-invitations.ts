import { type SQL, sql } from 'drizzle-orm'
import { ownerAdministers } from '../organizations/refuse-role-above.ts'
import { PERMISSIONS } from '../permissions/catalogue.ts'

/**
 * What a live invitation `i` is: open, in its days, into an organization that is there, and sent by somebody who may
 * still invite. Whoever sent it and may invite no more has left nothing behind that opens a door; sending it again
 * makes it the new sender's. The only place that says so.
 */
export const IS_LIVE: SQL = sql`(i.accepted_at is null and i.ended_at is null and i.expires_at > now() and (${isSenderGood()})
  and exists (select from organizations o join organizations r on r.id = o.root_organization_id
    where o.id = i.organization_id and o.ended_at is null and r.ended_at is null and r.suspended_at is null))`

/**
 * A person stands for what they send as long as they administer the root organization; an app as long as it works and
 * holds the scope there, and, for an administrator's place, as long as its owner administers it. The process
 * itself always does.
 */
export function isSenderGood(): SQL {
  return sql`case
    when i.invited_by is not null then exists (
      select from memberships m join users s on s.id = m.user_id and s.ended_at is null and s.deactivated_at is null
      where m.user_id = i.invited_by and m.organization_id = i.root_organization_id and m.role = 'administrator'
        and m.ended_at is null)
    when i.invited_by_app_id is not null then exists (
      select from connected_apps c
      where c.id = i.invited_by_app_id and c.ended_at is null and c.disabled_at is null and c.acts_as = 'itself'
        and not exists (
          select from (values (i.root_organization_id), (i.organization_id)) asked (id)
          where not exists (select from app_contexts x where x.app_id = c.id and x.organization_id = asked.id
            and x.scope = ${PERMISSIONS['invitations.send'].scope} and x.scope = any(c.scopes)))
        and (i.role <> 'administrator' or ${ownerAdministers(sql`i.organization_id`)}))
    else true end`
}
