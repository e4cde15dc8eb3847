import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { installations } from '#db/schema/installations'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { Installation } from './open-installation.ts'
import { raiseEpoch } from './raise-epoch.ts'

/**
 * Blocks an opened installation and ends its authorizations; requests for the app are left to be ended. A freeze goes with it: the
 * block stops more, and whoever lifts that means the app to be authorized again. False if it was blocked already: then nothing changes.
 */
export async function markBlocked(
  tx: Transaction,
  actor: Actor,
  installation: Installation,
): Promise<boolean> {
  if (installation.blockedAt) return false
  await tx
    .update(installations)
    .set({ blockedAt: sql`now()`, blockedBy: personOf(actor), frozenAt: null, frozenBy: null })
    .where(eq(installations.id, installation.id))
  await raiseEpoch(tx, installation)
  const { rootOrganizationId, appId } = installation
  await enqueueJob(tx, 'end-blocked-requests', { rootOrganizationId, appId })
  return true
}
