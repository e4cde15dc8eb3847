import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { sessions, users } from '#db/schema/users'
import { type Id, newId } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { hashToken, newPersonalToken } from '../../base/secrets.ts'
import { record } from '../audit/record.ts'
import type { Origin } from '../permissions/actor.ts'
import { refuseTrade } from './rules.ts'
import { FACTORS_OF_EVERYONE, PERSONAL_TOKEN_MINUTES } from './schema.ts'

export type PersonalToken = { token: string; expiresInSeconds: number }

/**
 * Gives a person whose password was verified a token of their own: a session without a browser, for scripts that know no
 * other way. It may do at our own API what the person may, is nothing anywhere else, and ends with the session: after
 * an hour, with a new password, with the account. Refuses unless the person's home organization allows it.
 */
export async function tradePassword(visitor: Origin, userId: Id<'user'>): Promise<PersonalToken> {
  return transaction(async (tx) => {
    const [person] = await tx
      .select({
        fullName: users.fullName,
        homeOrganizationId: users.homeOrganizationId,
        isAllowed: sql<boolean>`coalesce(${organizations.allowsPasswordTokens}, false)`,
      })
      .from(users)
      .leftJoin(
        organizations,
        and(
          eq(organizations.id, users.homeOrganizationId),
          isNull(organizations.endedAt),
          isNull(organizations.suspendedAt),
        ),
      )
      .where(and(eq(users.id, userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
      .for('share', { of: users })
    if (!person) throw new Refusal('unauthenticated', 'This account is no longer active.')
    const refusal = refuseTrade({ isAllowed: person.isAllowed, factors: FACTORS_OF_EVERYONE })
    if (refusal) throw new Refusal('forbidden', refusal)
    const token = newPersonalToken()
    const sessionId = newId('session')
    await tx.insert(sessions).values({
      id: sessionId,
      userId,
      authenticationMethods: [...FACTORS_OF_EVERYONE],
      ip: visitor.ip,
      userAgent: visitor.userAgent,
      expiresAt: sql`now() + make_interval(mins => ${PERSONAL_TOKEN_MINUTES})`,
      tokenHash: hashToken(token),
    })
    await record(
      tx,
      { kind: 'user', userId, name: person.fullName, sessionId, ...visitor },
      {
        name: 'session.started',
        rootOrganizationId: person.homeOrganizationId,
        subject: { id: userId, name: person.fullName },
        details: { sessionId, by: 'password-token' },
      },
    )
    return { token, expiresInSeconds: PERSONAL_TOKEN_MINUTES * 60 }
  })
}
