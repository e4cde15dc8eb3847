import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { allowlists } from '#db/schema/allowlist'
import { installations } from '#db/schema/installations'
import type { Id } from '../../base/ids.ts'
import { ensureAllowlist } from '../allowlist/ensure-allowlist.ts'
import { ensureInstallation } from '../installations/ensure-installation.ts'

/**
 * Holds still what a yes depends on, until the transaction ends: first the root organization's policy, then its
 * installation of the app (always this order). Many may hold them so at once; who restricts, blocks or removes waits
 * for all of them, and they for it. The first yes of all holds the installation alone, and notes when it was. Returns the installation with the epoch that a yes recorded now carries.
 */
export async function openConsent(
  tx: Transaction,
  rootOrganizationId: Id<'organization'>,
  appId: Id<'app'>,
): Promise<{ installationId: Id<'installation'>; epoch: number }> {
  await ensureAllowlist(tx, rootOrganizationId)
  await tx
    .select({ mode: allowlists.mode })
    .from(allowlists)
    .where(eq(allowlists.rootOrganizationId, rootOrganizationId))
    .for('share')
  const installationId = await ensureInstallation(tx, rootOrganizationId, appId)
  // Before it is held: whoever holds it beside others could no longer change it.
  await tx
    .update(installations)
    .set({ firstAuthorizedAt: sql`now()` })
    .where(and(eq(installations.id, installationId), isNull(installations.firstAuthorizedAt)))
  const [installation] = await tx
    .select({ epoch: installations.epoch })
    .from(installations)
    .where(eq(installations.id, installationId))
    .for('share')
  if (!installation) throw new Error('An installation is never deleted.')
  return { installationId, epoch: installation.epoch }
}
