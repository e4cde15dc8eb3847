import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { users } from '#db/schema/users'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openOwnAccount } from './open-own-account.ts'
import { type ChangeNameInput, changeNameSchema } from './schema.ts'

/** Changes the name by which others know the person who asks. What was written in the audit log keeps the name of its day. */
export async function changeName(actor: Actor, input: ChangeNameInput): Promise<void> {
  const { fullName } = parse(changeNameSchema, input)
  await transaction(async (tx) => {
    const user = await openOwnAccount(tx, actor)
    if (user.fullName === fullName) return
    await tx.update(users).set({ fullName }).where(eq(users.id, user.id))
    await record(tx, actor, {
      name: 'user.name-changed',
      rootOrganizationId: user.homeOrganizationId,
      subject: { id: user.id, name: fullName },
      details: { before: user.fullName, after: fullName },
    })
  })
}
