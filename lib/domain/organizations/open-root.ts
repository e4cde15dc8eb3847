import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, isId } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { check } from '../permissions/check.ts'
import { DEPLOYMENT } from '../permissions/deployment.ts'
import type { Organization } from './open-organization.ts'

/**
 * The only way for an operator to hold a root organization from outside. The permission is asked of the deployment,
 * where only operators stand, and before anything is looked up: nobody else learns whether it is there.
 */
export async function openRoot(
  tx: Transaction,
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
  permission: Permission,
): Promise<Organization> {
  await check(tx, actor, permission, DEPLOYMENT)
  const [root] = isId('organization', rootOrganizationId)
    ? await tx
        .select()
        .from(organizations)
        .where(
          and(
            eq(organizations.id, rootOrganizationId),
            isNull(organizations.parentId),
            isNull(organizations.endedAt),
          ),
        )
        .for('no key update')
    : []
  if (root) return root
  throw new Refusal('not-found', 'There is no such root organization.')
}
