import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { sessions } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { SESSION_IDLE_HOURS_MAX } from './find-session.ts'

/**
 * Signs a person out of every browser, or of every one but that they sit at, while their account is held so that none begins
 * meanwhile. Returns at how many others they were signed in: one that ran out was no longer a sign-in.
 */
export async function endSessions(
  tx: Transaction,
  userId: Id<'user'>,
  endedReason: 'signed-out' | 'password-changed' | 'revoked' | 'account-ended',
  kept?: Id<'session'>,
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`now()`, endedReason })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt), kept && ne(sessions.id, kept)))
    .returning({
      wasLive: sql<boolean>`${sessions.expiresAt} > now()
        and ${sessions.lastSeenAt} > now() - make_interval(hours => ${SESSION_IDLE_HOURS_MAX})`,
    })
  return ended.filter(({ wasLive }) => wasLive).length
}
