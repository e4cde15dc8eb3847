import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'

export type User = typeof users.$inferSelect

/**
 * Holds a person who is to get something (a place, an app) until the transaction ends, so that their account
 * does not end in between. `field` names the input the refusal belongs to. What may be given is checked where it is given.
 */
export async function openActiveUser(tx: Transaction, userId: Id<'user'>, field: string): Promise<User> {
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
    .for('share')
  if (user) return user
  const sentence = 'There is no active account of that person.'
  throw new Refusal('invalid', sentence, { [field]: sentence })
}
