import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from './actor.ts'
import type { Permission } from './catalogue.ts'
import { absentOrganization, checkOrganization } from './check-organization.ts'
import { standingOf } from './standing.ts'

export type RootOrganization = { id: Id<'organization'>; name: string }

/**
 * The root organization, if the actor may do this in it. What belongs to a root organization (policy, allowlist,
 * installations, authorizations, audit log) is asked for by the root's id: a business group's is refused like an
 * unknown one.
 */
export async function checkInRoot(
  tx: Database | Transaction,
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
  permission: Permission,
): Promise<RootOrganization> {
  if (!isId('organization', rootOrganizationId)) throw await absentOrganization(tx, actor)
  // Both at once: nearly every page and verb waits for this before anything else.
  const [root, standing] = await Promise.all([
    findRoot(tx, rootOrganizationId),
    standingOf(tx, actor, rootOrganizationId),
  ])
  if (!root) throw await absentOrganization(tx, actor)
  const place = { organizationId: root.id, rootOrganizationId: root.id }
  await checkOrganization(tx, actor, permission, place, standing)
  return root
}

async function findRoot(
  tx: Database | Transaction,
  rootOrganizationId: Id<'organization'>,
): Promise<RootOrganization | undefined> {
  const [root] = await tx
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(
      and(
        eq(organizations.id, rootOrganizationId),
        isNull(organizations.parentId),
        isNull(organizations.endedAt),
      ),
    )
  return root
}
