import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

/**
 * The people who may answer the requests of a root organization, as `id, email, full_name, since`: its administrators, and
 * the reviewers they named while those administer one of its business groups. The catalogue says the same of one person
 * (`allowlist.approve`).
 */
export function whoAnswers(rootOrganizationId: SQLWrapper): SQL {
  return sql`select u.id, u.email, u.full_name, m.created_at as since
    from memberships m join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
    where m.organization_id = ${rootOrganizationId} and m.role = 'administrator' and m.ended_at is null
    union
    select u.id, u.email, u.full_name, v.named_at
    from request_reviewers v join users u on u.id = v.user_id and u.ended_at is null and u.deactivated_at is null
    where v.root_organization_id = ${rootOrganizationId}
      and ${isGroupAdministrator(sql`v.user_id`, rootOrganizationId)}
      and not exists (select from memberships m where m.user_id = v.user_id
        and m.organization_id = ${rootOrganizationId} and m.role = 'administrator' and m.ended_at is null)`
}

/** Whether a person administers a business group of the root organization at this moment. */
export function isGroupAdministrator(userId: SQLWrapper, rootOrganizationId: SQLWrapper): SQL {
  return sql`exists (select from memberships b join organizations o on o.id = b.organization_id
    where b.user_id = ${userId} and b.root_organization_id = ${rootOrganizationId} and b.role = 'administrator'
      and b.ended_at is null and o.ended_at is null and o.parent_id is not null)`
}
