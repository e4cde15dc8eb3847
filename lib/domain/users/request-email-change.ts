import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { endAccountLinks, hasManyLinks, makeAccountLink } from './account-links.ts'
import { mailEmailConfirmation, mailEmailTaken } from './account-mails.ts'
import { openOwnAccount } from './open-own-account.ts'
import { provePassword } from './prove-password.ts'
import { type RequestEmailChangeInput, requestEmailChangeSchema } from './schema.ts'

/**
 * Mails a link to the address that the person who asks wants to have. Nothing changes until they follow it: see
 * `confirmEmailChange`. A newer wish ends the one before. Whether the address is somebody else's is told to its owner alone.
 * Refuses a wrong password, the address they have, and too many wishes within an hour.
 */
export async function requestEmailChange(actor: Actor, input: RequestEmailChangeInput): Promise<void> {
  const { email, password } = parse(requestEmailChangeSchema, input)
  await provePassword(actor, password, 'password')
  await transaction(async (tx) => {
    const user = await openOwnAccount(tx, actor)
    if (user.email.toLowerCase() === email.toLowerCase()) {
      const sentence = 'This is the address you have.'
      throw new Refusal('invalid', sentence, { email: sentence })
    }
    if (await hasManyLinks(tx, user.id, 'email-change')) {
      throw new Refusal('limit-reached', 'You asked for several links within an hour. Try again later.')
    }
    await endAccountLinks(tx, user.id, 'email-change')
    const { token } = await makeAccountLink(tx, { purpose: 'email-change', userId: user.id, newEmail: email })
    await record(tx, actor, {
      name: 'user.email-change-requested',
      rootOrganizationId: user.homeOrganizationId,
      subject: { id: user.id, name: user.fullName },
      details: { to: email },
    })
    const owner = await ownerOf(tx, email, user.id)
    if (owner) await mailEmailTaken(tx, owner)
    else await mailEmailConfirmation(tx, user, email, token)
  })
}

async function ownerOf(tx: Transaction, email: string, besides: Id<'user'>) {
  const [owner] = await tx
    .select()
    .from(users)
    .where(
      and(eq(sql`lower(${users.email})`, email.toLowerCase()), isNull(users.endedAt), ne(users.id, besides)),
    )
  return owner
}
