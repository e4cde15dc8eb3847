import { type SQL, sql } from 'drizzle-orm'
import { type Id, uuidOf } from '../../base/ids.ts'
import { goodScopes } from '../connected-apps/good-scopes.ts'

/**
 * Every app that the policy of a root organization meets, for the `from` of a statement: with live authorizations, with an entry, or
 * known here and waiting. A row has its `AppFacts`, and `app_id`, `name`, `people`, what keeps it from tokens (`held`), and the
 * scopes that its entry and its live authorizations hold together (`wanted`). Read by scope set and not by person: a million
 * authorizations are a few thousand sets.
 */
export function appsInUse(rootOrganizationId: Id<'organization'>): SQL {
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const good = goodScopes({ scopes: sql`c.scopes`, appRoot: sql`c.root_organization_id`, root })
  return sql`(
    with sets as materialized (
      select app_id, scopes, people from live_scope_sets where root_organization_id = ${root}),
    running as (select app_id, sum(people)::int as people from sets group by app_id),
    granted as (
      select app_id, array_agg(distinct scope collate "C" order by scope collate "C") as scopes
      from sets cross join unnest(scopes) as scope group by app_id),
    listed as (
      select app_id, scopes from live_entries where root_organization_id = ${root}),
    waiting as (
      select distinct app_id from approval_requests
      where root_organization_id = ${root} and answered_at is null and requested_at is not null and expires_at > now()),
    met as (
      select app_id, blocked_at, frozen_at from installations where root_organization_id = ${root})
    select c.id as app_id, c.name, coalesce(running.people, 0) as people,
      case when c.disabled_at is not null then 'disabled' when met.frozen_at is not null then 'frozen' end as held,
      case when listed.app_id is null then coalesce(granted.scopes, '{}')
        else array(select distinct scope collate "C" from unnest(listed.scopes || granted.scopes) scope order by 1) end as wanted,
      c.root_organization_id = ${root} as "isInternal",
      met.blocked_at is not null as "isBlocked",
      c.disabled_at is not null or met.frozen_at is not null as "isHeld",
      running.app_id is not null as "isUsed",
      listed.app_id is not null as "isListed",
      -- What is void here is looked for only where it would seem that more is asked than is listed.
      case when listed.app_id is null then false else c.scopes <@ listed.scopes or ${good} <@ listed.scopes end as "isWhollyListed",
      running.app_id is not null and (listed.app_id is null or not coalesce(granted.scopes, '{}') <@ listed.scopes) as "holdsMore"
    from connected_apps c
    left join running on running.app_id = c.id
    left join granted on granted.app_id = c.id
    left join listed on listed.app_id = c.id
    left join waiting on waiting.app_id = c.id
    left join met on met.app_id = c.id
    where c.ended_at is null and c.acts_as = 'user'
      and coalesce(running.app_id, listed.app_id, waiting.app_id, met.app_id) is not null)`
}
