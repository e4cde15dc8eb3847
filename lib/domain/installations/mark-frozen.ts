import { inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { installations } from '#db/schema/installations'
import type { Id } from '../../base/ids.ts'
import { type Actor, personOf } from '../permissions/actor.ts'

/** Freezes opened installations that are not frozen yet; returns when, by which they are told from what others froze. Null: there were none. */
export async function markFrozen(
  tx: Transaction,
  actor: Actor,
  installationIds: readonly Id<'installation'>[],
): Promise<Date | null> {
  // To the millisecond: what is answered is given back to undo it, and has no more.
  const [frozen] = await tx
    .update(installations)
    .set({ frozenAt: sql`date_trunc('milliseconds', now())`, frozenBy: personOf(actor) })
    .where(inArray(installations.id, [...installationIds]))
    .returning({ at: installations.frozenAt })
  return frozen?.at ?? null
}
