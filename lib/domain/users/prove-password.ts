import { and, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { users } from '#db/schema/users'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { countSignIn, forgiveSignIn } from './count-sign-in.ts'
import { verifyPassword } from './passwords.ts'
import { themselves } from './themselves.ts'
import { tooManyAttempts } from './too-many-attempts.ts'

/**
 * Makes sure that whoever sits at the browser knows the account's password, before something that could take the account
 * away. Counted like a sign-in. Returns the hash it was compared with, so that the change can tell whether it still stands.
 * Refuses a wrong one under `field`.
 */
export async function provePassword(actor: Actor, password: string, field: string): Promise<string> {
  const userId = themselves(actor)
  const attempt = { account: `person ${userId}`, ip: actor.ip }
  const waitSeconds = await countSignIn(attempt)
  if (waitSeconds > 0) throw new Refusal('limit-reached', tooManyAttempts('enter your password', waitSeconds))
  const [person] = await database()
    .select({ passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.endedAt)))
  const passwordHash = person?.passwordHash
  if (!passwordHash || !(await verifyPassword(passwordHash, password))) {
    const sentence = 'This is not your present password.'
    throw new Refusal('invalid', sentence, { [field]: sentence })
  }
  await forgiveSignIn(attempt)
  return passwordHash
}
