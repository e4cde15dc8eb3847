import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { users } from '#db/schema/users'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { User } from './open-user.ts'

/**
 * Holds the account of the person who asks, until the transaction ends. Only they themselves, signed in here: an app that
 * acts for a person never changes who they are, how they sign in, or where they are signed in.
 */
export async function openOwnAccount(tx: Transaction, actor: Actor): Promise<User> {
  if (actor.kind !== 'user' || actor.through) {
    throw new Refusal('forbidden', 'Only the person themselves can do this, signed in at Gatehouse.')
  }
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, actor.userId), isNull(users.endedAt), isNull(users.deactivatedAt)))
    .for('no key update')
  if (user) return user
  throw new Refusal('unauthenticated', 'This account is no longer active.')
}
