import { and, eq, inArray, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, uuidOf } from '../../base/ids.ts'
import type { Actor } from './actor.ts'
import { admits } from './password-tokens.ts'

export type Role = 'administrator' | 'developer' | 'member'

/** What a person is in one organization, at this moment: roles held there or inherited from above. */
export type Standing = {
  roles: readonly Role[]
  /** The role in the root organization itself; null for a stranger. */
  rootRole: Role | null
  /** Whether one of the roles is held in this very organization. */
  isPlaced: boolean
  /** Whether the root organization named them to answer its requests, and they administer a business group of it. */
  isReviewer: boolean
  isOperator: boolean
}

export const NO_STANDING: Standing = {
  roles: [],
  rootRole: null,
  isPlaced: false,
  isReviewer: false,
  isOperator: false,
}

/**
 * The actor's standing in an organization, read now: a role withdrawn a moment ago counts no more.
 * Nobody stands in a suspended or ended organization, and an ended or deactivated person stands nowhere.
 */
export async function standingOf(
  tx: Database | Transaction,
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<Standing> {
  if (actor.kind !== 'user') return NO_STANDING
  // Before nearly everything: a join of all these tables takes longer to plan than each of these parts to plan and read.
  const [row] = await tx.execute<Row>(sql`
    select o.root_organization_id as "rootId",
      array(select m.role::text from organization_ancestors above
        join memberships m on m.organization_id = above.ancestor_id
        where above.organization_id = o.id and m.user_id = u.id and m.ended_at is null) as roles,
      (select role from memberships
        where user_id = u.id and organization_id = o.root_organization_id and ended_at is null) as "rootRole",
      exists (select from memberships
        where user_id = u.id and organization_id = o.id and ended_at is null) as "isPlaced",
      exists (select from request_reviewers
        where user_id = u.id and root_organization_id = o.root_organization_id) as "isNamed",
      u.operator_since is not null as "isOperator"
    from users u
    left join organizations o on o.id = ${uuidOf(organizationId)}::uuid and o.ended_at is null
      and (select ${isOpenTo(actor)} from organizations r where r.id = o.root_organization_id)
    where u.id = ${uuidOf(actor.userId)}::uuid and u.ended_at is null and u.deactivated_at is null`)
  if (!row) return NO_STANDING
  const { rootId, roles, rootRole, isPlaced, isNamed, isOperator } = row
  return {
    roles,
    rootRole,
    isPlaced,
    isReviewer: isNamed && roles.length > 0 && (await answersRequests(tx, actor.userId, rootId)),
    isOperator: isOperator && !actor.byPassword,
  }
}

type Row = Omit<Standing, 'isReviewer' | 'roles'> & {
  /** Null where the organization is not there, or nobody stands in it: then nothing else is held either. */
  rootId: string | null
  roles: Role[]
  isNamed: boolean
}

/** Whether somebody who is named to answer a root organization's requests may. Hardly anybody is named, so that it is worth a question of its own. */
export async function answersRequests(
  tx: Database | Transaction,
  userId: Id<'user'>,
  rootUuid: string | null,
): Promise<boolean> {
  const [row] = await tx.execute<{ answers: boolean }>(sql`
    select ${isReviewer(sql`${uuidOf(userId)}::uuid`, sql`${rootUuid}::uuid`)} as answers`)
  return row?.answers === true
}

/** Whether anybody stands in the root organization `r`, and the actor by the way they came. */
export function isOpenTo(actor: Actor): SQL {
  return sql`r.suspended_at is null and r.ended_at is null and ${admits(actor)}`
}

/** Whether a person answers the requests of a root organization as a reviewer, at this moment. */
export function isReviewer(userId: SQLWrapper, rootOrganizationId: SQLWrapper): SQL {
  return sql`(exists (select from request_reviewers v
      where v.user_id = ${userId} and v.root_organization_id = ${rootOrganizationId})
    and ${isGroupAdministrator(userId, rootOrganizationId)})`
}

/** Whether a person administers a business group of a root organization. */
export function isGroupAdministrator(userId: SQLWrapper, rootOrganizationId: SQLWrapper): SQL {
  return sql`exists (select from memberships b join organizations g on g.id = b.organization_id
    where b.user_id = ${userId} and b.root_organization_id = ${rootOrganizationId} and b.role = 'administrator'
      and b.ended_at is null and g.ended_at is null and g.parent_id is not null)`
}

/**
 * Whether the actor administers or develops in any organization that is not suspended. An app does by its own token; the
 * system always.
 */
export async function governsAnywhere(tx: Database | Transaction, actor: Actor): Promise<boolean> {
  if (actor.kind !== 'user') return true
  const [row] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.userId, actor.userId),
        sql`exists (select from organizations r where r.id = ${memberships.rootOrganizationId} and ${isOpenTo(actor)})`,
        inArray(memberships.role, ['administrator', 'developer']),
        isNull(memberships.endedAt),
        isNull(users.endedAt),
        isNull(users.deactivatedAt),
      ),
    )
    .limit(1)
  return row !== undefined
}
