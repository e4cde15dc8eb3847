import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { allowlists } from '#db/schema/allowlist'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { checkInRoot, type RootOrganization } from '../permissions/check-root.ts'
import { ensureAllowlist } from './ensure-allowlist.ts'

export type Allowlist = typeof allowlists.$inferSelect & { organization: RootOrganization }

/**
 * The only way to hold a root organization's policy, entries and requests in order to change them: checks the
 * permission and locks the policy row until the transaction ends. Consents that are being recorded finish first;
 * later ones wait for the outcome. Whoever also needs an installation opens it after this, never before.
 */
export async function openAllowlist(
  tx: Transaction,
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
  permission: Permission,
): Promise<Allowlist> {
  const organization = await checkInRoot(tx, actor, rootOrganizationId, permission)
  await ensureAllowlist(tx, rootOrganizationId)
  const [row] = await tx
    .select()
    .from(allowlists)
    .where(eq(allowlists.rootOrganizationId, rootOrganizationId))
    .for('update')
  if (!row) throw new Error('A policy row is never deleted.')
  return { ...row, organization }
}
