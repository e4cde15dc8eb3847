import { and, eq, inArray, isNull, notInArray, type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { organizationAncestors, organizations } from '#db/schema/organizations'
import { type Id, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { branchStandings } from '../permissions/branch-standings.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { may } from '../permissions/may.ts'
import type { Standing } from '../permissions/standing.ts'

/** Whose people an actor may see in an organization's branch, and where from rights come into it. */
export type Reach = {
  rootOrganizationId: Id<'organization'>
  /** The organizations of the branch whose people they see. */
  within: readonly Id<'organization'>[]
  /** The ones above those: who administers or develops there does so within, too. */
  above: readonly Id<'organization'>[]
  /** What the actor is, in each organization within. */
  standings: ReadonlyMap<Id<'organization'>, Standing>
}

/**
 * Finds out whose people the actor may see from an organization downwards: an administrator all of the branch, the administrator
 * of a business group asked from above their own branch. Refuses who sees nobody there.
 */
export async function reachOf(
  db: Database | Transaction,
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<Reach> {
  const [place] = await db
    .select({ rootOrganizationId: organizations.rootOrganizationId })
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
  if (!place) throw await absentOrganization(db, actor)
  const { rootOrganizationId } = place
  const standings = await branchStandings(db, actor, organizationId)
  const within = [...standings.keys()].filter((id) =>
    may(
      actor,
      'organizations.list-people',
      { organizationId: id, rootOrganizationId },
      standings.get(id) as Standing,
    ),
  )
  if (within.length === 0) {
    await checkOrganization(db, actor, 'organizations.list-people', { organizationId, rootOrganizationId })
  }
  const above = await db
    .selectDistinct({ id: organizationAncestors.ancestorId })
    .from(organizationAncestors)
    .where(
      and(
        inArray(organizationAncestors.organizationId, within),
        notInArray(organizationAncestors.ancestorId, within),
      ),
    )
  return { rootOrganizationId, within, above: above.map(({ id }) => id), standings }
}

/** Ids as one parameter, however many. */
export function uuids(ids: readonly Id<'organization'>[]): SQL {
  return sql`${sql.param(ids.map(uuidOf))}::uuid[]`
}

/** Whether a membership `m` says something about the people within reach: a place there, or a right that comes from above. */
export function counts({ within, above }: Reach): SQL {
  return sql`(m.organization_id = any(${uuids(within)})
    or (m.organization_id = any(${uuids(above)}) and m.role in ('administrator', 'developer')))`
}
