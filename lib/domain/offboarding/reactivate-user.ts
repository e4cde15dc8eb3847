import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { users } from '#db/schema/users'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openAccount } from './open-account.ts'
import { type AccountInput, accountSchema } from './schema.ts'

/**
 * Reactivates an account: the person may sign in again, with the places, apps and authorizations they still have.
 * Sessions that ended stay ended. Reactivating an active account changes nothing. Refuses anybody but administrators of
 * the person's home root organization.
 */
export async function reactivateUser(actor: Actor, input: AccountInput): Promise<void> {
  const { userId } = parse(accountSchema, input)
  await transaction(async (tx) => {
    const { user } = await openAccount(tx, actor, userId, 'users.deactivate')
    if (!user.deactivatedAt) return
    await tx.update(users).set({ deactivatedAt: null }).where(eq(users.id, userId))
    await record(tx, actor, {
      name: 'user.reactivated',
      rootOrganizationId: user.homeOrganizationId,
      subject: { id: userId, name: user.fullName },
    })
  })
}
