import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { sessions } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'

/** Signs a person out of every browser, while their account is held. */
export async function endSessions(
  tx: Transaction,
  userId: Id<'user'>,
  endedReason: 'revoked' | 'account-ended',
): Promise<void> {
  await tx
    .update(sessions)
    .set({ endedAt: sql`now()`, endedReason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
}
