import { and, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { users } from '#db/schema/users'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { countSignIn, forgiveSignIn } from './count-sign-in.ts'
import { verifyPassword } from './passwords.ts'
import { tooManyAttempts } from './too-many-attempts.ts'

/**
 * Makes sure that whoever sits at the browser knows the account's password, before something that could take the account
 * away. Counted like a sign-in. Returns the hash it was compared with, so that the change can tell whether it still stands.
 * Refuses a wrong one under `field`.
 */
export async function provePassword(actor: Actor, password: string, field: string): Promise<string> {
  if (actor.kind !== 'user' || actor.through) {
    throw new Refusal('forbidden', 'Only the person themselves can do this, signed in at Gatehouse.')
  }
  const attempt = { account: `person ${actor.userId}`, ip: actor.ip }
  const waitSeconds = await countSignIn(attempt)
  if (waitSeconds > 0) throw new Refusal('limit-reached', tooManyAttempts('enter your password', waitSeconds))
  const [person] = await database()
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.id, actor.userId), isNull(users.endedAt)))
  const passwordHash = person?.passwordHash
  if (!passwordHash || !(await verifyPassword(passwordHash, password))) {
    const sentence = 'This is not your present password.'
    throw new Refusal('invalid', sentence, { [field]: sentence })
  }
  await forgiveSignIn(attempt)
  return passwordHash
}
