import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openOperators } from './open-operators.ts'
import { openUserByLogin } from './open-user.ts'
import { type NameOperatorInput, nameOperatorSchema } from './schema.ts'

/**
 * Makes a person an operator beside those there are: they run the deployment and see nothing inside any organization by it.
 * Handing the office on is naming another and ending one's own. Refuses whoever is one already, and a login of nobody.
 */
export async function nameOperator(actor: Actor, input: NameOperatorInput): Promise<{ userId: Id<'user'> }> {
  const { login } = parse(nameOperatorSchema, input)
  return transaction(async (tx) => {
    const operators = await openOperators(tx, actor)
    const user = await openUserByLogin(tx, login, 'login')
    if (operators.some(({ id }) => id === user.id)) {
      const sentence = `${user.fullName} is an operator already.`
      throw new Refusal('conflict', sentence, { login: sentence })
    }
    await tx.update(users).set({ operatorSince: sql`now()` }).where(eq(users.id, user.id))
    await record(tx, actor, {
      name: 'operator.named',
      rootOrganizationId: null,
      subject: { id: user.id, name: user.fullName },
    })
    return { userId: user.id }
  })
}
