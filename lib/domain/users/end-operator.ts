import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { users } from '#db/schema/users'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openOperators } from './open-operators.ts'
import { type EndOperatorInput, endOperatorSchema } from './schema.ts'

/** Ends an operator's office, one's own or another's; the account and its places stay. Refuses to leave the deployment without any. */
export async function endOperator(actor: Actor, input: EndOperatorInput): Promise<void> {
  const { userId } = parse(endOperatorSchema, input)
  await transaction(async (tx) => {
    const operators = await openOperators(tx, actor)
    const operator = operators.find(({ id }) => id === userId)
    if (!operator) throw new Refusal('not-found', 'There is no such operator.')
    if (operators.length === 1) {
      const sentence = `${operator.fullName} is the only operator. Make another person one first.`
      throw new Refusal('conflict', sentence, { userId: sentence })
    }
    await tx.update(users).set({ operatorSince: null }).where(eq(users.id, userId))
    await record(tx, actor, {
      name: 'operator.ended',
      rootOrganizationId: null,
      subject: { id: userId, name: operator.fullName },
      details: { since: operator.operatorSince },
    })
  })
}
