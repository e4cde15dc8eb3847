import { and, eq, inArray, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { memberships, organizationAncestors, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
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
  const rows = await tx
    .select({
      role: memberships.role,
      isRoot: sql<boolean>`${memberships.organizationId} = ${organizations.rootOrganizationId}`,
      isHere: sql<boolean>`${memberships.organizationId} = ${organizations.id}`,
      isReviewer: sql<boolean>`${isReviewer(memberships.userId, organizations.rootOrganizationId)}`,
    })
    .from(organizationAncestors)
    .innerJoin(organizations, eq(organizations.id, organizationAncestors.organizationId))
    .innerJoin(memberships, eq(memberships.organizationId, organizationAncestors.ancestorId))
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(organizationAncestors.organizationId, organizationId),
        eq(memberships.userId, actor.userId),
        isNull(memberships.endedAt),
        isNull(users.endedAt),
        isNull(users.deactivatedAt),
        isNull(organizations.endedAt),
        sql`exists (select from organizations r where r.id = ${organizations.rootOrganizationId} and ${isOpenTo(actor)})`,
      ),
    )
  return {
    roles: rows.map((row) => row.role),
    rootRole: rows.find((row) => row.isRoot)?.role ?? null,
    isPlaced: rows.some((row) => row.isHere),
    isReviewer: rows.some((row) => row.isReviewer),
    isOperator: !actor.byPassword && (await isOperator(tx, actor.userId)),
  }
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

async function isOperator(tx: Database | Transaction, userId: Id<'user'>): Promise<boolean> {
  const [row] = await tx
    .select({ since: users.operatorSince })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
  return row?.since != null
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
