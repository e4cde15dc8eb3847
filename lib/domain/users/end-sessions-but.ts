import { and, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { sessions } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'

/** Ends every live session of a person but one, while their account is held so that none begins meanwhile. Returns how many. */
export async function endSessionsBut(
  tx: Transaction,
  userId: Id<'user'>,
  kept: Id<'session'> | undefined,
  endedReason: 'signed-out' | 'password-changed',
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`now()`, endedReason })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, sql`now()`),
        kept && ne(sessions.id, kept),
      ),
    )
    .returning({ id: sessions.id })
  return ended.length
}
