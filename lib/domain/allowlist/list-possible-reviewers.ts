import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { isGroupAdministrator } from '../permissions/standing.ts'

/** As many as a picker shows; typing on narrows them down. */
const POSSIBLE_SHOWN_MAX = 20

export type PossibleReviewer = { id: Id<'user'>; name: string; username: string }

/**
 * Who could be named a reviewer of a root organization: administrators of business groups who are none yet and do not
 * administer the root, whose full name or username contains the search, by name.
 */
export async function listPossibleReviewers(
  actor: Actor,
  { rootOrganizationId, search = '' }: { rootOrganizationId: Id<'organization'>; search?: string },
): Promise<PossibleReviewer[]> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'allowlist.name-reviewers')
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const pattern = likePattern(search)
  const rows = await db.execute<{ id: string; name: string; username: string }>(sql`
    select u.id, u.full_name as name, u.username
    from memberships m join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
    where m.organization_id = ${root} and m.ended_at is null and m.role <> 'administrator'
      and ${isGroupAdministrator(sql`u.id`, root)}
      and (u.full_name ilike ${pattern} or u.username ilike ${pattern})
      and not exists (select from request_reviewers v where v.root_organization_id = ${root} and v.user_id = u.id)
    order by lower(u.full_name), u.id limit ${POSSIBLE_SHOWN_MAX}`)
  return rows.map((row) => ({ ...row, id: idOf('user', row.id) }))
}
