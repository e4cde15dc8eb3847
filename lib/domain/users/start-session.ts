import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Transaction, transaction } from '#db/client'
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
  /** The session this browser held until now. */
  formerSessionId: z.custom<Id<'session'>>((value) => isId('session', value)).nullish(),
})
export type StartSessionInput = z.input<typeof schema>

/**
 * Begins a session for a person whose sign-in was verified, at one browser. Where this browser held a session of the same
 * person, that one goes on, proved anew; one of somebody else ends. Refuses an account that ended meanwhile.
 */
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
    const former = formerSessionId ? await openFormer(tx, formerSessionId) : undefined
    if (former && former.userId !== userId) {
      await tx
        .update(sessions)
        .set({ endedAt: sql`now()`, endedReason: 'signed-in-again' })
        .where(eq(sessions.id, former.id))
    }
    const proved = {
      authenticationMethods,
      authenticatedAt: sql`now()`,
      lastSeenAt: sql`now()`,
      ip: visitor.ip,
      userAgent: visitor.userAgent,
      expiresAt: sql`now() + make_interval(days => ${SESSION_DAYS_MAX})`,
    }
    const id = former?.userId === userId ? former.id : newId('session')
    const [session] = await tx
      .insert(sessions)
      .values({ id, userId, ...proved })
      .onConflictDoUpdate({ target: sessions.id, set: proved })
      .returning({ expiresAt: sessions.expiresAt })
    if (!session) throw new Error('The session was not written.')
    await record(
      tx,
      { kind: 'user', userId, name: person.fullName, sessionId: id, ...visitor },
      {
        name: 'session.started',
        rootOrganizationId: person.homeOrganizationId,
        subject: { id: userId, name: person.fullName },
        details: { sessionId: id },
      },
    )
    return { sessionId: id, expiresAt: session.expiresAt }
  })
}

async function openFormer(tx: Transaction, sessionId: Id<'session'>) {
  const [former] = await tx
    .select({ id: sessions.id, userId: sessions.userId })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`)))
    .for('update')
  return former
}
