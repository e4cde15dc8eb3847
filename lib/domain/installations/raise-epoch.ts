import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { installations } from '#db/schema/installations'
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
