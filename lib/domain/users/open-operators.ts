import { asc, isNotNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { users } from '#db/schema/users'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { DEPLOYMENT } from '../permissions/deployment.ts'
import type { User } from './open-user.ts'

/**
 * The only way to hold the operator's office: all who have it, until the transaction ends, so that two acts at once cannot
 * leave nobody. Asked again once they are held: whoever waited may have lost the office meanwhile.
 */
export async function openOperators(tx: Transaction, actor: Actor): Promise<User[]> {
  await check(tx, actor, 'users.name-operator', DEPLOYMENT)
  const operators = await tx
    .select()
    .from(users)
    .where(isNotNull(users.operatorSince))
    .orderBy(asc(users.id))
    .for('no key update')
  await check(tx, actor, 'users.name-operator', DEPLOYMENT)
  return operators
}
