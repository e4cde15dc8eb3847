import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { installations } from '#db/schema/installations'
import type { Installation } from './open-installation.ts'

/** Lifts the block of an opened installation; what it ended stays ended. False if it was not blocked: then nothing changes. */
export async function markUnblocked(tx: Transaction, installation: Installation): Promise<boolean> {
  if (!installation.blockedAt) return false
  await tx
    .update(installations)
    .set({ blockedAt: null, blockedBy: null })
    .where(eq(installations.id, installation.id))
  return true
}
