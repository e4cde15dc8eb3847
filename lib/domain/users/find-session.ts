import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { sessions, users } from '#db/schema/users'
import { type Id, isId } from '../../base/ids.ts'
import { hashToken } from '../../base/secrets.ts'

/** A browser left alone for a day is signed out. */
export const SESSION_IDLE_HOURS_MAX = 24
/** How stale "last seen" may grow before it is written again: a page asks often, a row is written seldom. */
const LAST_SEEN_MINUTES = 5

export type LiveSession = {
  sessionId: Id<'session'>
  userId: Id<'user'>
  fullName: string
  username: string
  email: string
  isOperator: boolean
  authenticatedAt: Date
  authenticationMethods: string[]
}

/**
 * The session, if it is live at this moment by the database's clock: not ended, not expired, used within a day,
 * and its person's account active. Null for anything else. The only place that says what a live session is. Looking
 * at it is use of it, unless said otherwise.
 */
export async function findSession(
  sessionId: string,
  { isUse = true }: { isUse?: boolean } = {},
): Promise<LiveSession | null> {
  return isId('session', sessionId)
    ? findLive(and(eq(sessions.id, sessionId), isNull(sessions.tokenHash)), isUse)
    : null
}

/** The session that a script's token stands for, while it is live in the same sense and the person's home still allows it. */
export async function findSessionOfToken(token: string): Promise<LiveSession | null> {
  const isAllowed = sql`exists (select from organizations home where home.id = ${users.homeOrganizationId}
    and home.allows_password_tokens and home.suspended_at is null and home.ended_at is null)`
  return findLive(and(eq(sessions.tokenHash, hashToken(token)), isAllowed))
}

async function findLive(named: SQL | undefined, isUse = true): Promise<LiveSession | null> {
  const [row] = await database()
    .select({
      sessionId: sessions.id,
      userId: sessions.userId,
      fullName: users.fullName,
      username: users.username,
      email: users.email,
      operatorSince: users.operatorSince,
      authenticatedAt: sessions.authenticatedAt,
      authenticationMethods: sessions.authenticationMethods,
      isLongUnseen: sql<boolean>`${sessions.lastSeenAt} < now() - make_interval(mins => ${LAST_SEEN_MINUTES})`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        named,
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, sql`now()`),
        gt(sessions.lastSeenAt, sql`now() - make_interval(hours => ${SESSION_IDLE_HOURS_MAX})`),
        isNull(users.endedAt),
        isNull(users.deactivatedAt),
      ),
    )
  if (!row) return null
  const { isLongUnseen, operatorSince, ...session } = row
  if (isUse && isLongUnseen) {
    await database().update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, row.sessionId))
  }
  return { ...session, isOperator: operatorSince !== null }
}
