import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { transaction } from '#db/client'
import { sessions, users } from '#db/schema/users'
import { type Id, isId, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Origin } from '../permissions/actor.ts'

/** A session ends this long after signing in, however busy it is. */
export const SESSION_DAYS_MAX = 7

const schema = z.object({
  userId: z.custom<Id<'user'>>((value) => isId('user', value)),
  /** How the person showed who they are: RFC 8176 values. */
  authenticationMethods: z.array(z.string().max(20)).min(1).max(5),
  /** The session this browser held until now: it ends in the same transaction. */
  formerSessionId: z.custom<Id<'session'>>((value) => isId('session', value)).nullish(),
})
export type StartSessionInput = z.input<typeof schema>

/** Begins a session for a person whose sign-in was verified, at one browser. Refuses an account that ended meanwhile. */
export async function startSession(
  visitor: Origin,
  input: StartSessionInput,
): Promise<{ sessionId: Id<'session'>; expiresAt: Date }> {
  const { userId, authenticationMethods, formerSessionId } = parse(schema, input)
  return transaction(async (tx) => {
    const [person] = await tx
      .select({ fullName: users.fullName, homeOrganizationId: users.homeOrganizationId })
      .from(users)
      .where(and(eq(users.id, userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
      .for('share')
    if (!person) throw new Refusal('unauthenticated', 'This account is no longer active.')
    if (formerSessionId) {
      await tx
        .update(sessions)
        .set({ endedAt: sql`now()`, endedReason: 'signed-in-again' })
        .where(and(eq(sessions.id, formerSessionId), isNull(sessions.endedAt)))
    }
    const sessionId = newId('session')
    const [session] = await tx
      .insert(sessions)
      .values({
        id: sessionId,
        userId,
        authenticationMethods,
        ip: visitor.ip,
        userAgent: visitor.userAgent,
        expiresAt: sql`now() + make_interval(days => ${SESSION_DAYS_MAX})`,
      })
      .returning({ expiresAt: sessions.expiresAt })
    if (!session) throw new Error('The session was not inserted.')
    await record(
      tx,
      { kind: 'user', userId, name: person.fullName, sessionId, ...visitor },
      {
        name: 'session.started',
        rootOrganizationId: person.homeOrganizationId,
        subject: { id: userId, name: person.fullName },
        details: { sessionId },
      },
    )
    return { sessionId, expiresAt: session.expiresAt }
  })
}
