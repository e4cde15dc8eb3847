import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { goodScopes } from '../connected-apps/good-scopes.ts'
import type { AppInUse } from './rules.ts'

type Row = Omit<AppInUse, 'appId'> & { appUuid: string }

/**
 * Every app that the policy of a root organization meets: with live authorizations, with an entry, or known here and
 * waiting; the most used first, then by name. Read by scope set and not by person: a million authorizations are a few
 * thousand sets. Of thousands of apps it is all the policy asks and no more: reading it keeps the process from others.
 */
export async function listAppsInUse(
  tx: Database | Transaction,
  rootOrganizationId: Id<'organization'>,
): Promise<AppInUse[]> {
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const good = goodScopes({ scopes: sql`c.scopes`, appRoot: sql`c.root_organization_id`, root })
  const rows = await tx.execute<Row>(sql`
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
    select c.id as "appUuid", c.root_organization_id = ${root} as "isInternal",
      met.blocked_at is not null as "isBlocked",
      case when c.disabled_at is not null then 'disabled' when met.frozen_at is not null then 'frozen' end as held,
      coalesce(running.people, 0) as people,
      case when running.app_id is not null then to_json(coalesce(granted.scopes, '{}')) end as granted,
      to_json(listed.scopes) as "entryScopes",
      -- What is void here is looked for only where it would seem that more is asked than is listed.
      case when listed.app_id is null then false else c.scopes <@ listed.scopes or ${good} <@ listed.scopes end as "isWhollyListed"
    from connected_apps c
    left join running on running.app_id = c.id
    left join granted on granted.app_id = c.id
    left join listed on listed.app_id = c.id
    left join waiting on waiting.app_id = c.id
    left join met on met.app_id = c.id
    where c.ended_at is null and c.acts_as = 'user'
      and coalesce(running.app_id, listed.app_id, waiting.app_id, met.app_id) is not null
    order by people desc, c.name, c.id`)
  return rows.map(({ appUuid, ...row }) => ({ ...row, appId: idOf('app', appUuid) }))
}
