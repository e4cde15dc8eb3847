import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { FOUND_SHOWN_MAX } from './schema.ts'

export type EventApp = { id: Id<'app'>; name: string; publisher: string; isDeleted: boolean }

/** Apps that the audit log can be searched for: what the root organization owns or owned, and what its people met, by name; or the one with that id. */
export async function listEventApps(
  actor: Actor,
  {
    rootOrganizationId,
    id,
    search = '',
  }: { rootOrganizationId: Id<'organization'>; id?: Id<'app'>; search?: string | undefined },
): Promise<EventApp[]> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'audit.view')
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const rows = await db.execute<Omit<EventApp, 'id'> & { id: string }>(sql`
    select c.id, c.name, o.name as publisher, c.ended_at is not null as "isDeleted"
    from connected_apps c join organizations o on o.id = c.root_organization_id
    where ${id ? sql`c.id = ${uuidOf(id)}::uuid` : sql`true`}
      and (c.name ilike ${likePattern(search)} or c.client_id = ${search.trim()})
      and (c.root_organization_id = ${root}
        or exists (select from installations i where i.app_id = c.id and i.root_organization_id = ${root}))
    order by c.ended_at is not null, lower(c.name), c.id limit ${FOUND_SHOWN_MAX}`)
  return rows.map((row) => ({ ...row, id: idOf('app', row.id) }))
}
