import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { sessions } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { SESSION_IDLE_HOURS_MAX } from './find-session.ts'
import { themselves } from './themselves.ts'

/** Nobody signs in at more browsers within a week; the oldest would not be recognized anyway. */
const SESSIONS_SHOWN_MAX = 50

export type OwnSession = {
  sessionId: Id<'session'>
  startedAt: Date
  lastSeenAt: Date
  ip: string | null
  userAgent: string | null
  isThisOne: boolean
}

/** Where the person is signed in: this browser first, then by last use. */
export async function listOwnSessions(actor: Actor): Promise<OwnSession[]> {
  const userId = themselves(actor)
  const present = actor.kind === 'user' ? actor.sessionId : undefined
  const rows = await database()
    .select({
      sessionId: sessions.id,
      startedAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, sql`now()`),
        gt(sessions.lastSeenAt, sql`now() - make_interval(hours => ${SESSION_IDLE_HOURS_MAX})`),
      ),
    )
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(SESSIONS_SHOWN_MAX)
  return rows
    .map((row) => ({ ...row, isThisOne: row.sessionId === present }))
    .sort((a, b) => Number(b.isThisOne) - Number(a.isThisOne))
}
