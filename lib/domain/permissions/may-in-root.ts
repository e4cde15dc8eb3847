import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import type { Actor } from './actor.ts'
import type { Permission } from './catalogue.ts'
import { may } from './may.ts'
import { standingOf } from './standing.ts'

/** Whether the actor may do this in that root organization: for the few places that answer a "no" in words of their own. */
export async function mayInRoot(
  tx: Database | Transaction,
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
  permission: Permission,
): Promise<boolean> {
  const [root] = await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(
      and(
        eq(organizations.id, rootOrganizationId),
        isNull(organizations.parentId),
        isNull(organizations.endedAt),
      ),
    )
  if (!root) return false
  const place = { organizationId: root.id, rootOrganizationId: root.id }
  return may(actor, permission, place, await standingOf(tx, actor, root.id))
}
