import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { sessions } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { SESSION_IDLE_HOURS_MAX } from '../users/find-session.ts'

/** Signs a person out of every browser, while their account is held. Returns at how many they were signed in. */
export async function endSessions(
  tx: Transaction,
  userId: Id<'user'>,
  endedReason: 'revoked' | 'account-ended',
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`now()`, endedReason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
    .returning({
      // One that ran out was no longer a sign-in.
      wasLive: sql<boolean>`${sessions.expiresAt} > now()
        and ${sessions.lastSeenAt} > now() - make_interval(hours => ${SESSION_IDLE_HOURS_MAX})`,
    })
  return ended.filter(({ wasLive }) => wasLive).length
}
