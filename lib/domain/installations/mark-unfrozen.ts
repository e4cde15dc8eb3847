import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { installations } from '#db/schema/installations'
import { type Id, uuidOf } from '../../base/ids.ts'

/** Unfreezes opened installations: what was not ended meanwhile works again. */
export async function markUnfrozen(
  tx: Transaction,
  installationIds: readonly Id<'installation'>[],
): Promise<void> {
  const ids = `{${installationIds.map(uuidOf).join(',')}}`
  await tx
    .update(installations)
    .set({ frozenAt: null, frozenBy: null })
    .where(sql`${installations.id} = any(${ids}::uuid[])`)
}
