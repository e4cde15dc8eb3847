import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { endSessions } from '../users/end-sessions.ts'
import { openAccount } from './open-account.ts'
import { type AccountInput, accountSchema } from './schema.ts'

/**
 * Signs a person out of every browser, for the console and for the authorization server: what an administrator does when a
 * computer is lost. What apps may do for the person stays. Refuses anybody but administrators of the person's home root
 * organization. Returns how many browsers that were.
 */
export async function endUserSessions(actor: Actor, input: AccountInput): Promise<{ ended: number }> {
  const { userId } = parse(accountSchema, input)
  return transaction(async (tx) => {
    const { user } = await openAccount(tx, actor, userId, 'users.end-sessions')
    const ended = await endSessions(tx, userId, 'revoked')
    if (ended === 0) return { ended }
    await record(tx, actor, {
      name: 'user.sessions-ended',
      rootOrganizationId: user.homeOrganizationId,
      subject: { id: userId, name: user.fullName },
      details: { ended },
    })
    return { ended }
  })
}
