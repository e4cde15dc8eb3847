import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { sessions, users } from '#db/schema/users'
import { type Id, isId } from '../../base/ids.ts'
import { record } from '../audit/record.ts'
import type { UserActor } from '../permissions/actor.ts'

/**
 * Signs the person out of one of their own sessions: at the very next request neither the console nor the
 * authorization server knows the browser any more. An ended session, or somebody else's, is left as it is: to whoever
 * signs out twice, nothing is wrong.
 */
export async function endSession(actor: UserActor, input: { sessionId: Id<'session'> }): Promise<void> {
  await transaction(async (tx) => {
    const session = await openOwnSession(tx, actor, input.sessionId)
    if (!session) return
    await tx
      .update(sessions)
      .set({ endedAt: sql`now()`, endedReason: 'signed-out' })
      .where(eq(sessions.id, session.id))
    await record(tx, actor, {
      name: 'session.ended',
      rootOrganizationId: session.homeOrganizationId,
      subject: { id: actor.userId, name: actor.name },
      details: { sessionId: session.id },
    })
  })
}

async function openOwnSession(tx: Transaction, actor: UserActor, sessionId: Id<'session'>) {
  if (!isId('session', sessionId)) return undefined
  const [session] = await tx
    .select({ id: sessions.id, homeOrganizationId: users.homeOrganizationId })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), eq(sessions.userId, actor.userId), isNull(sessions.endedAt)))
    .for('update', { of: sessions })
  return session
}
