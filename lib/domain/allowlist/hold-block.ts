import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { installations } from '#db/schema/installations'
import type { Id } from '../../base/ids.ts'
import { ensureInstallation } from '../installations/ensure-installation.ts'

/**
 * Whether an app is blocked, with the installation held until the transaction ends: a block that comes now waits, and finds
 * the request as it was left here. Taken after the request, always in this order.
 */
export async function holdBlock(
  tx: Transaction,
  { rootOrganizationId, appId }: { rootOrganizationId: Id<'organization'>; appId: Id<'app'> },
): Promise<boolean> {
  const installationId = await ensureInstallation(tx, rootOrganizationId, appId)
  const [installation] = await tx
    .select({ blockedAt: installations.blockedAt })
    .from(installations)
    .where(eq(installations.id, installationId))
    .for('share')
  return installation?.blockedAt != null
}
