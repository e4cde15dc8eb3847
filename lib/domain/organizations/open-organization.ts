import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'

export type Organization = typeof organizations.$inferSelect

/**
 * The only way to hold an organization in order to change it or to make something in it: finds it, locks its root's
 * row until the transaction ends (so that limits of the whole tree are counted once), and checks the permission.
 */
export async function openOrganization(
  tx: Transaction,
  actor: Actor,
  organizationId: Id<'organization'>,
  permission: Permission,
): Promise<Organization> {
  const [organization] = isId('organization', organizationId)
    ? await tx
        .select()
        .from(organizations)
        .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
    : []
  if (!organization) throw await absentOrganization(tx, actor)
  const place = { organizationId, rootOrganizationId: organization.rootOrganizationId }
  await checkOrganization(tx, actor, permission, place)
  // Not FOR UPDATE: rows that refer to the organization (tokens, sign-ins) may still be written meanwhile.
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, organization.rootOrganizationId))
    .for('no key update')
  return organization
}
