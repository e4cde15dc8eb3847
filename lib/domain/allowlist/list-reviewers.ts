import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { isGroupAdministrator } from '../permissions/standing.ts'

export type Reviewer = {
  id: Id<'user'>
  name: string
  username: string
  namedAt: Date
  namedBy: string | null
  /** They still administer a business group, and have an active account. Otherwise it does not count. */
  isActive: boolean
  isDeactivated: boolean
}

type Found = Omit<Reviewer, 'id' | 'namedAt'> & { id: string; namedAt: string }

/** Who answers the requests of a root organization beside its administrators, by name. */
export async function listReviewers(
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
): Promise<Reviewer[]> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'allowlist.view')
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const rows = await db.execute<Found>(sql`
    select u.id, u.full_name as name, u.username, v.named_at as "namedAt", n.full_name as "namedBy",
      u.ended_at is null and u.deactivated_at is null and ${isGroupAdministrator(sql`u.id`, root)} as "isActive",
      u.deactivated_at is not null as "isDeactivated"
    from request_reviewers v join users u on u.id = v.user_id left join users n on n.id = v.named_by
    where v.root_organization_id = ${root} order by lower(u.full_name), u.id`)
  return rows.map((row) => ({ ...row, id: idOf('user', row.id), namedAt: new Date(row.namedAt) }))
}
