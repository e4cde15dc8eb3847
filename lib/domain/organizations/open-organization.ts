import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'

export type Organization = typeof organizations.$inferSelect

/**
 * The only way to hold an organization in order to change it or to make something in it: finds it, checks the permission,
 * and locks its root's row until the transaction ends: the whole tree stands still. Then it looks again: whoever waited
 * may find that the organization ended meanwhile, or that the right went.
 */
export async function openOrganization(
  tx: Transaction,
  actor: Actor,
  organizationId: Id<'organization'>,
  permission: Permission,
): Promise<Organization> {
  const found = await findOrganization(tx, organizationId)
  if (!found) throw await absentOrganization(tx, actor)
  const { rootOrganizationId } = found
  await checkOrganization(tx, actor, permission, { organizationId, rootOrganizationId })
  // Not FOR UPDATE: rows that refer to the organization (tokens, sign-ins) may still be written meanwhile.
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, rootOrganizationId))
    .for('no key update')
  const organization = await findOrganization(tx, organizationId)
  if (!organization) throw await absentOrganization(tx, actor)
  await checkOrganization(tx, actor, permission, { organizationId, rootOrganizationId })
  return organization
}

async function findOrganization(
  tx: Transaction,
  organizationId: Id<'organization'>,
): Promise<Organization | undefined> {
  if (!isId('organization', organizationId)) return undefined
  const [organization] = await tx
    .select()
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
  return organization
}
