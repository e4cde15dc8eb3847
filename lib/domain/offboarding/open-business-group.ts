import type { Transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { type Organization, openOrganization } from '../organizations/open-organization.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { check } from '../permissions/check.ts'

export type BusinessGroup = Organization & { parentId: Id<'organization'> }

/**
 * The only way to hold a business group in order to take it away from where it stands. What is asked for is asked of the
 * organization above it: administering the business group alone is not enough. Refuses a root organization.
 */
export async function openBusinessGroup(
  tx: Transaction,
  actor: Actor,
  organizationId: Id<'organization'>,
  permission: Permission,
): Promise<BusinessGroup> {
  const organization = await openOrganization(tx, actor, organizationId, 'organizations.update')
  const { parentId, rootOrganizationId } = organization
  if (parentId === null) throw noBusinessGroup(organization)
  await check(tx, actor, permission, { organizationId: parentId, rootOrganizationId })
  return { ...organization, parentId }
}

/** What to say of a root organization, which stands where it stands. */
export function noBusinessGroup({ name }: { name: string }): Refusal {
  const sentence = `${name} is no business group: it is the root organization of its tree.`
  return new Refusal('invalid', sentence, { organizationId: sentence })
}
