import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
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
  const user = await holdActive(tx, eq(users.id, userId))
  if (user) return user
  const sentence = 'There is no active account of that person.'
  throw new Refusal('invalid', sentence, { [field]: sentence })
}

/** The same by what the person signs in with: their username or e-mail address, whatever the case. */
export async function openUserByLogin(tx: Transaction, login: string, field: string): Promise<User> {
  const name = login.includes('@') ? users.email : users.username
  const user = await holdActive(tx, sql`lower(${name}) = ${login.toLowerCase()}`)
  if (user) return user
  const sentence = 'Nobody signs in with that username or e-mail address.'
  throw new Refusal('invalid', sentence, { [field]: sentence })
}

async function holdActive(tx: Transaction, which: SQL): Promise<User | undefined> {
  const [user] = await tx
    .select()
    .from(users)
    .where(and(which, isNull(users.endedAt), isNull(users.deactivatedAt)))
    .for('share')
  return user
}
