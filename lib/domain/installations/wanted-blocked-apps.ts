import { type SQL, sql } from 'drizzle-orm'
import { type Id, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'

/**
 * The blocked apps of a root organization, from `from` on: installations `i` of apps `c` of publishers. A search finds part of
 * an app's or a publisher's name, and a whole client ID.
 */
export function blockedApps(rootOrganizationId: Id<'organization'>, search: string | undefined): SQL {
  const words = search?.trim()
  const pattern = words ? likePattern(words) : null
  return sql`
    from installations i
    join connected_apps c on c.id = i.app_id and c.ended_at is null
    join organizations publisher on publisher.id = c.root_organization_id
    where i.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid and i.blocked_at is not null
      ${pattern ? sql`and (c.name ilike ${pattern} or publisher.name ilike ${pattern} or c.client_id = ${words})` : sql``}`
}
