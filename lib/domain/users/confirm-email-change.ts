import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { users } from '#db/schema/users'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { endAccountLinks, linkIsOver, linkOf, spendAccountLink } from './account-links.ts'
import { mailEmailChanged } from './account-mails.ts'
import { openOwnAccount } from './open-own-account.ts'
import { type ConfirmEmailChangeInput, confirmEmailChangeSchema } from './schema.ts'

/**
 * Makes the address that a link was mailed to the person's own. Only the person themselves, signed in: an address mistyped
 * into a stranger's mailbox gives the stranger nothing. The former address is told, and links mailed to it end. Refuses a link
 * that is over, one of another account, and an address that somebody else got meanwhile.
 */
export async function confirmEmailChange(
  actor: Actor,
  input: ConfirmEmailChangeInput,
): Promise<{ email: string }> {
  const { token } = parse(confirmEmailChangeSchema, input)
  return transaction(async (tx) => {
    const user = await openOwnAccount(tx, actor)
    const link = await linkOf(tx, token, 'email-change')
    if (!link?.newEmail) throw linkIsOver()
    if (link.userId !== user.id) {
      throw new Refusal('forbidden', 'This link belongs to another account. Sign in with that one first.')
    }
    await spendAccountLink(tx, token, 'email-change')
    await tx.update(users).set({ email: link.newEmail }).where(eq(users.id, user.id))
    await endAccountLinks(tx, user.id)
    await record(tx, actor, {
      name: 'user.email-changed',
      rootOrganizationId: user.homeOrganizationId,
      subject: { id: user.id, name: user.fullName },
      details: { before: user.email, after: link.newEmail },
    })
    await mailEmailChanged(tx, user, link.newEmail, actor)
    return { email: link.newEmail }
  })
}
