import { asc, isNotNull } from 'drizzle-orm'
import { database } from '#db/client'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { DEPLOYMENT } from '../permissions/deployment.ts'

export type Operator = {
  id: Id<'user'>
  fullName: string
  username: string
  email: string
  since: Date
}

/** Who runs the deployment, for whoever does too; the longest in office first. */
export async function listOperators(actor: Actor): Promise<Operator[]> {
  const db = database()
  await check(db, actor, 'users.name-operator', DEPLOYMENT)
  const rows = await db
    .select({
      id: users.id,
      fullName: users.fullName,
      username: users.username,
      email: users.email,
      since: users.operatorSince,
    })
    .from(users)
    .where(isNotNull(users.operatorSince))
    .orderBy(asc(users.operatorSince), asc(users.id))
  return rows.flatMap(({ since, ...person }) => (since ? [{ ...person, since }] : []))
}
