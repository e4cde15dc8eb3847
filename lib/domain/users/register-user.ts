import { transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { insertUser } from './insert-user.ts'
import { hashPassword } from './passwords.ts'
import { type RegisterUserInput, registerUserSchema } from './schema.ts'

/**
 * Makes an account. Only the process itself does (set-up and the seed): an account without a place is nobody's
 * to give. Refuses a username or an e-mail address that somebody has, whatever its case.
 */
export async function registerUser(actor: Actor, input: RegisterUserInput): Promise<{ userId: Id<'user'> }> {
  if (actor.kind !== 'system') throw new Refusal('forbidden', 'Accounts are made by invitation.')
  const { password, ...person } = parse(registerUserSchema, input)
  const passwordHash = password === undefined ? null : await hashPassword(password)
  return transaction(async (tx) => ({ userId: await insertUser(tx, { ...person, passwordHash }) }))
}
