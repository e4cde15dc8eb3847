import { inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { installations } from '#db/schema/installations'
import type { Id } from '../../base/ids.ts'
import { type Actor, personOf } from '../permissions/actor.ts'

/** Freezes opened installations that are not frozen yet. */
export async function markFrozen(
  tx: Transaction,
  actor: Actor,
  installationIds: readonly Id<'installation'>[],
): Promise<void> {
  await tx
    .update(installations)
    .set({ frozenAt: sql`now()`, frozenBy: personOf(actor) })
    .where(inArray(installations.id, [...installationIds]))
}
