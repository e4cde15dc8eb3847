import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'

/** As many as somebody chooses from; typing on narrows them down. */
const FOUND_MAX = 20

export type FoundApp = {
  appId: Id<'app'>
  name: string
  clientId: string
  publisher: string
  isListed: boolean
}

/**
 * Apps that could be allowlisted, found by a part of their name: those of the root organization itself, and those of others that its
 * people met already (authorized, or asked for). Any other is found by its client ID alone: who else publishes what is nobody's to browse.
 */
export async function listListableApps(
  actor: Actor,
  { rootOrganizationId, search }: { rootOrganizationId: Id<'organization'>; search: string },
): Promise<FoundApp[]> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'allowlist.change-entries')
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const pattern = likePattern(search)
  const rows = await db.execute<Omit<FoundApp, 'appId'> & { app: string }>(sql`
    with met as (
      select app_id from installations where root_organization_id = ${root}
      union select app_id from approval_requests where root_organization_id = ${root} and requested_at is not null
      union select app_id from live_entries where root_organization_id = ${root}),
    found as (
      (select id from connected_apps c
        where c.root_organization_id = ${root} and c.ended_at is null and c.acts_as = 'user' and c.name ilike ${pattern}
        order by lower(c.name), c.id limit ${FOUND_MAX})
      union
      (select c.id from met join connected_apps c on c.id = met.app_id
        where c.root_organization_id <> ${root} and c.ended_at is null and c.acts_as = 'user' and c.audience = 'everyone'
          and c.name ilike ${pattern}
        order by lower(c.name), c.id limit ${FOUND_MAX}))
    select c.id as app, c.name, c.client_id as "clientId", publisher.name as publisher, e.id is not null as "isListed"
    from found
    join connected_apps c on c.id = found.id
    join organizations publisher on publisher.id = c.root_organization_id
    left join live_entries e on e.root_organization_id = ${root} and e.app_id = c.id
    order by lower(c.name), c.id limit ${FOUND_MAX}`)
  return rows.map(({ app, ...row }) => ({ ...row, appId: idOf('app', app) }))
}
