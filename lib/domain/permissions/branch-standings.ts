import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { Actor } from './actor.ts'
import { isOpenTo, isReviewer, NO_STANDING, type Role, type Standing } from './standing.ts'

/**
 * The actor's standing in an organization and in each one below it, read now in one statement: what a list of a whole
 * branch asks instead of `standingOf` for each. Ended organizations are left out.
 */
export async function branchStandings(
  tx: Database | Transaction,
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<Map<Id<'organization'>, Standing>> {
  return (await branchOf(tx, actor, organizationId)).standings
}

/** A branch as it stands: empty, and of no root, where it has ended or its root is suspended. */
export type Branch = {
  rootOrganizationId: Id<'organization'> | null
  standings: Map<Id<'organization'>, Standing>
}

/** The same, with the root organization that the branch belongs to. */
export async function branchOf(
  tx: Database | Transaction,
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<Branch> {
  const userId = actor.kind === 'user' ? uuidOf(actor.userId) : null
  const rows = await tx.execute<{
    id: string
    rootId: string
    roles: Role[] | null
    rootRole: Role | null
    isPlaced: boolean
    isReviewer: boolean
  }>(sql`
    with mine as materialized (
      select m.organization_id, m.role::text from memberships m
      join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
      where m.user_id = ${userId}::uuid and m.ended_at is null),
    review as materialized (
      select ${isReviewer(sql`${userId}::uuid`, sql`branch.root_organization_id`)} as is_theirs
      from organizations branch where branch.id = ${uuidOf(organizationId)}::uuid)
    select o.id, o.root_organization_id as "rootId", array_agg(m.role) filter (where m.role is not null) as roles,
      max(m.role) filter (where m.organization_id = o.root_organization_id) as "rootRole",
      coalesce(bool_or(m.organization_id = o.id), false) as "isPlaced",
      count(m.role) > 0 and (select is_theirs from review) as "isReviewer"
    from organization_ancestors below
    join organizations o on o.id = below.organization_id and o.ended_at is null
    join organizations r on r.id = o.root_organization_id and ${isOpenTo(actor)}
    join organization_ancestors above on above.organization_id = o.id
    left join mine m on m.organization_id = above.ancestor_id
    where below.ancestor_id = ${uuidOf(organizationId)}::uuid
    group by o.id`)
  const standings = new Map(
    rows.map(({ id, roles, rootRole, isPlaced, isReviewer }) => [
      idOf('organization', id),
      { ...NO_STANDING, roles: roles ?? [], rootRole, isPlaced, isReviewer },
    ]),
  )
  return { rootOrganizationId: rows[0] ? idOf('organization', rows[0].rootId) : null, standings }
}
