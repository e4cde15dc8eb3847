import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { users } from '#db/schema/users'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { endAccountLinks } from './account-links.ts'
import { mailPasswordChanged } from './account-mails.ts'
import { endSessions } from './end-sessions.ts'
import { openOwnAccount } from './open-own-account.ts'
import { hashPassword } from './passwords.ts'
import { provePassword } from './prove-password.ts'
import { type ChangePasswordInput, changePasswordSchema } from './schema.ts'

/**
 * Changes the password of the person who asks, who proves the present one. Every other browser of theirs is signed out, links
 * that were mailed to them end, and a mail tells them. Refuses a wrong present password, and the same one anew.
 */
export async function changePassword(actor: Actor, input: ChangePasswordInput): Promise<void> {
  const { currentPassword, newPassword } = parse(changePasswordSchema, input)
  const provedHash = await provePassword(actor, currentPassword, 'currentPassword')
  if (newPassword.normalize('NFKC') === currentPassword.normalize('NFKC')) {
    const sentence = 'This is the password you have. Choose another one.'
    throw new Refusal('invalid', sentence, { newPassword: sentence })
  }
  const passwordHash = await hashPassword(newPassword)
  await transaction(async (tx) => {
    const user = await openOwnAccount(tx, actor)
    if (user.passwordHash !== provedHash) {
      throw new Refusal('conflict', 'Your password has just been changed elsewhere. Enter the present one.')
    }
    await tx.update(users).set({ passwordHash, passwordChangedAt: sql`now()` }).where(eq(users.id, user.id))
    const own = actor.kind === 'user' ? actor.sessionId : undefined
    const endedSessions = await endSessions(tx, user.id, 'password-changed', own)
    await endAccountLinks(tx, user.id)
    await record(tx, actor, {
      name: 'user.password-changed',
      rootOrganizationId: user.homeOrganizationId,
      subject: { id: user.id, name: user.fullName },
      details: { endedSessions },
    })
    await mailPasswordChanged(tx, user, actor)
  })
}
