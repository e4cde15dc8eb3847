import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { users } from '#db/schema/users'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { endSessions } from '../users/end-sessions.ts'
import { openAccount } from './open-account.ts'
import { refuseOffice } from './refuse-office.ts'
import { type AccountInput, accountSchema } from './schema.ts'

/**
 * Deactivates an account, for as long as nobody reactivates it: the person is signed out everywhere, cannot sign in, and has no
 * rights anywhere; tokens of apps that act for them are held back. Their places, apps and authorizations stay theirs.
 * Deactivating twice changes nothing. Refuses anybody but administrators of the person's home root organization, and
 * to deactivate the owner of a root organization or an operator.
 */
export async function deactivateUser(actor: Actor, input: AccountInput): Promise<void> {
  const { userId } = parse(accountSchema, input)
  await transaction(async (tx) => {
    const { user } = await openAccount(tx, actor, userId, 'users.deactivate')
    if (user.deactivatedAt) return
    await refuseOffice(tx, user)
    await tx.update(users).set({ deactivatedAt: sql`now()` }).where(eq(users.id, userId))
    await endSessions(tx, userId, 'revoked')
    await record(tx, actor, {
      name: 'user.deactivated',
      rootOrganizationId: user.homeOrganizationId,
      subject: { id: userId, name: user.fullName },
    })
  })
}
