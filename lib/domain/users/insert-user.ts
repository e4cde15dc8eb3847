import type { Transaction } from '#db/client'
import { users } from '#db/schema/users'
import { type Id, newId } from '../../base/ids.ts'

/**
 * Writes the row of a new account. Who may have one is decided by whoever calls; a username or an e-mail address that
 * somebody has already, whatever its case, is refused by the database.
 */
export async function insertUser(
  tx: Transaction,
  person: Omit<typeof users.$inferInsert, 'id'>,
): Promise<Id<'user'>> {
  const userId = newId('user')
  await tx.insert(users).values({ id: userId, ...person })
  return userId
}
