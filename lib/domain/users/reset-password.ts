import { and, eq, isNull, sql } from 'drizzle-orm'
import { database, transaction } from '#db/client'
import { users } from '#db/schema/users'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Origin } from '../permissions/actor.ts'
import { endAccountLinks, linkIsOver, linkOf, spendAccountLink } from './account-links.ts'
import { mailPasswordChanged } from './account-mails.ts'
import { forgiveSignIn } from './count-sign-in.ts'
import { endSessions } from './end-sessions.ts'
import { hashPassword } from './passwords.ts'
import { type ResetPasswordInput, resetPasswordSchema } from './schema.ts'

/**
 * Gives an account the password that whoever holds a mailed link chose. The link is used up, the account's other links end, it is
 * signed out everywhere, and a mail says so. What failed sign-ins counted against it is forgiven. Refuses a link that
 * is over, and one of an account that is deactivated or gone.
 */
export async function resetPassword(visitor: Origin, input: ResetPasswordInput): Promise<void> {
  const { token, newPassword } = parse(resetPasswordSchema, input)
  const link = await linkOf(database(), token, 'password-reset')
  if (!link) throw linkIsOver()
  const { userId } = link
  const passwordHash = await hashPassword(newPassword)
  await transaction(async (tx) => {
    // The person before the link: whoever changes an account holds it first.
    const [user] = await tx
      .select()
      .from(users)
      .where(and(eq(users.id, userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
      .for('no key update')
    if (!user) throw linkIsOver()
    await spendAccountLink(tx, token, 'password-reset')
    await endAccountLinks(tx, userId)
    await tx.update(users).set({ passwordHash, passwordChangedAt: sql`now()` }).where(eq(users.id, userId))
    const endedSessions = await endSessions(tx, userId, 'password-changed')
    await record(
      tx,
      { kind: 'system', name: 'sign-in', ...visitor },
      {
        name: 'user.password-reset',
        rootOrganizationId: user.homeOrganizationId,
        subject: { id: userId, name: user.fullName },
        details: { endedSessions },
      },
    )
    await mailPasswordChanged(tx, user, visitor)
  })
  await forgiveSignIn({ account: `person ${userId}` })
}
