import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentTo, check } from '../permissions/check.ts'

export type Organization = typeof organizations.$inferSelect

const ABSENT = 'There is no such organization here.'

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
  if (!organization) throw await absentTo(tx, actor, ABSENT)
  const place = { organizationId, rootOrganizationId: organization.rootOrganizationId }
  await check(tx, actor, permission, place, { permission: 'organizations.view', absent: ABSENT })
  // Not FOR UPDATE: rows that refer to the organization (tokens, sign-ins) may still be written meanwhile.
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, organization.rootOrganizationId))
    .for('no key update')
  return organization
}
