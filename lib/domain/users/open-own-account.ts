import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { users } from '#db/schema/users'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { User } from './open-user.ts'
import { themselves } from './themselves.ts'

/** Holds the account of the person who asks, until the transaction ends. Refuses apps, and an account that is not active. */
export async function openOwnAccount(tx: Transaction, actor: Actor): Promise<User> {
  const userId = themselves(actor)
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
    .for('no key update')
  if (user) return user
  throw new Refusal('unauthenticated', 'This account is no longer active.')
}
