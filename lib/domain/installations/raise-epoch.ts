import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { installations } from '#db/schema/installations'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { Installation } from './open-installation.ts'

/**
 * Ends every authorization of an opened installation, and with them every code and token, at the cost of one row:
 * each carries the number of its day. There is no way back, because the number only grows.
 */
export async function raiseEpoch(tx: Transaction, installation: Installation): Promise<void> {
  await tx
    .update(installations)
    .set({ epoch: sql`${installations.epoch} + 1` })
    .where(eq(installations.id, installation.id))
}

/** The same for many opened installations, and perhaps blocks them, as `markBlocked` does one: one statement, a row each. Requests for what is blocked are left to be ended. */
export async function raiseEpochs(
  tx: Transaction,
  actor: Actor,
  installationIds: readonly Id<'installation'>[],
  { alsoBlock }: { alsoBlock: boolean },
): Promise<void> {
  const ids = `{${installationIds.map(uuidOf).join(',')}}`
  await tx
    .update(installations)
    .set({
      epoch: sql`${installations.epoch} + 1`,
      ...(alsoBlock && { blockedAt: sql`now()`, blockedBy: personOf(actor), frozenAt: null, frozenBy: null }),
    })
    .where(sql`${installations.id} = any(${ids}::uuid[])`)
  if (!alsoBlock) return
  const asked = await tx.execute<{ root: string; app: string }>(sql`
    select distinct w.root_organization_id as root, w.app_id as app
    from installations i
    join approval_requests w on w.root_organization_id = i.root_organization_id and w.app_id = i.app_id
    where i.id = any(${ids}::uuid[]) and w.answered_at is null`)
  for (const { root, app } of asked)
    await enqueueJob(tx, 'end-blocked-requests', {
      rootOrganizationId: idOf('organization', root),
      appId: idOf('app', app),
    })
}
