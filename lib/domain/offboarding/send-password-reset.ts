import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { hasManyLinks, makeAccountLink } from '../users/account-links.ts'
import { mailResetLink } from '../users/account-mails.ts'
import { openAccount } from './open-account.ts'
import { type AccountInput, accountSchema } from './schema.ts'

/**
 * Mails a person a link to choose a new password; whoever sends it never sees it, and the password stands until the person
 * chooses another. Refuses anybody but administrators of the person's home root organization, an account that is deactivated,
 * and too many links within an hour. Returns until when the link is good.
 */
export async function sendPasswordReset(actor: Actor, input: AccountInput): Promise<{ expiresAt: Date }> {
  const { userId } = parse(accountSchema, input)
  return transaction(async (tx) => {
    const { user } = await openAccount(tx, actor, userId, 'users.send-password-reset')
    if (user.deactivatedAt) {
      throw new Refusal('conflict', `The account of ${user.fullName} is deactivated. Reactivate it first.`)
    }
    if (await hasManyLinks(tx, userId, 'password-reset')) {
      throw new Refusal(
        'limit-reached',
        `${user.fullName} was sent several links within an hour. Try again later.`,
      )
    }
    const { token, expiresAt } = await makeAccountLink(tx, { purpose: 'password-reset', userId })
    await record(tx, actor, {
      name: 'user.password-reset-sent',
      rootOrganizationId: user.homeOrganizationId,
      subject: { id: userId, name: user.fullName },
    })
    await mailResetLink(tx, user, token, { by: actor.name, origin: actor })
    return { expiresAt }
  })
}
