import { inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { authorizations } from '#db/schema/authorizations'
import type { Id } from '../../base/ids.ts'
import { type Actor, personOf } from '../permissions/actor.ts'

/** Ends opened authorizations, by an administrator. */
export async function endYeses(
  tx: Transaction,
  actor: Actor,
  authorizationIds: readonly Id<'authorization'>[],
): Promise<void> {
  await tx
    .update(authorizations)
    .set({ endedAt: sql`now()`, endedBy: personOf(actor), endedReason: 'removed-by-administrator' })
    .where(inArray(authorizations.id, [...authorizationIds]))
}
