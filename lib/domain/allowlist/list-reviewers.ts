import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { isGroupAdministrator } from '../permissions/standing.ts'

/** As many as are offered at once. */
const POSSIBLE_SHOWN_MAX = 100

type Person = { id: Id<'user'>; name: string; username: string }

export type Reviewers = {
  /** `isActive`: they still administer a business group, and have an active account. Otherwise it does not count. */
  reviewers: (Person & { namedAt: Date; namedBy: string | null; isActive: boolean })[]
  /** Who could be named beside them: administrators of business groups. */
  possible: Person[]
}

/** Who answers the requests of a root organization beside its administrators, and who could, by name. */
export async function listReviewers(
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
): Promise<Reviewers> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'allowlist.view')
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const administers = isGroupAdministrator(sql`u.id`, root)
  const [reviewers, possible] = await Promise.all([
    db.execute<Named>(sql`
      select u.id, u.full_name as name, u.username, v.named_at as "namedAt", n.full_name as "namedBy",
        u.ended_at is null and u.deactivated_at is null and ${administers} as "isActive"
      from request_reviewers v join users u on u.id = v.user_id left join users n on n.id = v.named_by
      where v.root_organization_id = ${root} order by lower(u.full_name), u.id`),
    db.execute<{ id: string; name: string; username: string }>(sql`
      select u.id, u.full_name as name, u.username
      from memberships m join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
      where m.organization_id = ${root} and m.ended_at is null and m.role <> 'administrator' and ${administers}
        and not exists (select from request_reviewers v where v.root_organization_id = ${root} and v.user_id = u.id)
      order by lower(u.full_name), u.id limit ${POSSIBLE_SHOWN_MAX}`),
  ])
  return {
    reviewers: reviewers.map((row) => ({
      ...row,
      id: idOf('user', row.id),
      namedAt: new Date(row.namedAt),
    })),
    possible: possible.map((row) => ({ ...row, id: idOf('user', row.id) })),
  }
}

type Named = {
  id: string
  name: string
  username: string
  namedAt: string
  namedBy: string | null
  isActive: boolean
}
