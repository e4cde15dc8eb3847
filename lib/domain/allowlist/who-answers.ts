import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { isReviewer } from '../permissions/standing.ts'

/**
 * The people who may answer the requests of a root organization, as `id, email, full_name, since`: its administrators, and
 * the reviewers they named. The catalogue says the same of one person (`allowlist.approve`).
 */
export function whoAnswers(rootOrganizationId: SQLWrapper): SQL {
  const isAdministrator = (
    userId: SQLWrapper,
  ) => sql`exists (select from memberships m where m.user_id = ${userId}
    and m.organization_id = ${rootOrganizationId} and m.role = 'administrator' and m.ended_at is null)`
  return sql`select u.id, u.email, u.full_name, m.created_at as since
    from memberships m join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
    where m.organization_id = ${rootOrganizationId} and m.role = 'administrator' and m.ended_at is null
    union all
    select u.id, u.email, u.full_name, v.named_at
    from request_reviewers v join users u on u.id = v.user_id and u.ended_at is null and u.deactivated_at is null
    where v.root_organization_id = ${rootOrganizationId} and not ${isAdministrator(sql`v.user_id`)}
      and ${isReviewer(sql`v.user_id`, rootOrganizationId)}`
}
