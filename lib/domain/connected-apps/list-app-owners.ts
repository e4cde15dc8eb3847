import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { type ListAppOwnersInput, listAppOwnersSchema } from './schema.ts'
import { reachOf } from './wanted-apps.ts'

/** As many as a picker shows; typing on narrows them down. */
const APP_OWNERS_SHOWN_MAX = 20

export type AppOwner = { id: Id<'user'>; fullName: string; username: string }

/**
 * Who owns apps that the actor sees in this branch, whose full name or username contains the search, by name: what Owned
 * Apps can be filtered by. Each owner is looked at once, however many apps they own.
 */
export async function listAppOwners(actor: Actor, input: ListAppOwnersInput): Promise<AppOwner[]> {
  const { organizationId, search } = parse(listAppOwnersSchema, input)
  const db = database()
  const { seen, rootOrganizationId } = await reachOf(db, actor, organizationId)
  const root = uuidOf(rootOrganizationId)
  const pattern = likePattern(search ?? '')
  const rows = await db.execute<{ id: string; fullName: string; username: string }>(sql`
    with recursive owners as (
      (select owner_id from connected_apps where root_organization_id = ${root}::uuid and ended_at is null
        order by owner_id limit 1)
      union all
      select (select c.owner_id from connected_apps c
        where c.root_organization_id = ${root}::uuid and c.ended_at is null and c.owner_id > o.owner_id
        order by c.owner_id limit 1)
      from owners o where o.owner_id is not null)
    select u.id, u.full_name as "fullName", u.username
    from owners o join users u on u.id = o.owner_id
    where (u.full_name ilike ${pattern} or u.username ilike ${pattern})
      and exists (select from ${connectedApps} where ${connectedApps.ownerId} = u.id and ${seen})
    order by u.full_name, u.id
    limit ${APP_OWNERS_SHOWN_MAX}`)
  return rows.map((row) => ({ ...row, id: idOf('user', row.id) }))
}
