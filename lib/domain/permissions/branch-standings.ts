import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { Actor } from './actor.ts'
import { answersRequests, isOpenTo, NO_STANDING, type Role, type Standing } from './standing.ts'

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
  const userId = sql`${actor.kind === 'user' ? uuidOf(actor.userId) : null}::uuid`
  const top = sql`${uuidOf(organizationId)}::uuid`
  // In parts, as `standingOf` asks: before every list of a branch.
  const rows = await tx.execute<Row>(sql`
    with mine as materialized (
      select organization_id, role::text from memberships where user_id = ${userId} and ended_at is null
        and (select ended_at is null and deactivated_at is null from users where id = ${userId}))
    select o.id, o.root_organization_id as "rootId",
      array(select m.role from organization_ancestors above join mine m on m.organization_id = above.ancestor_id
        where above.organization_id = o.id) as roles,
      (select role from mine where organization_id = o.root_organization_id) as "rootRole",
      exists (select from mine where organization_id = o.id) as "isPlaced",
      exists (select from request_reviewers
        where user_id = ${userId} and root_organization_id = o.root_organization_id) as "isNamed"
    from organization_ancestors below
    join organizations o on o.id = below.organization_id and o.ended_at is null
    where below.ancestor_id = ${top}
      and (select ${isOpenTo(actor)} from organizations r
        where r.id = (select root_organization_id from organizations where id = ${top}))`)
  const [first] = rows
  if (!first) return { rootOrganizationId: null, standings: new Map() }
  const isTheirReviewer =
    actor.kind === 'user' && first.isNamed && (await answersRequests(tx, actor.userId, first.rootId))
  const standings = rows.map(({ id, roles, rootRole, isPlaced }) => {
    const isReviewer = isTheirReviewer && roles.length > 0
    return [idOf('organization', id), { ...NO_STANDING, roles, rootRole, isPlaced, isReviewer }] as const
  })
  return { rootOrganizationId: idOf('organization', first.rootId), standings: new Map(standings) }
}

type Row = {
  id: string
  rootId: string
  roles: Role[]
  rootRole: Role | null
  isPlaced: boolean
  isNamed: boolean
}
