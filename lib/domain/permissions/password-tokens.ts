import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import type { Actor } from './actor.ts'

/** Whether the root organization `r` lets the actor in by the way they came: whoever traded a password, only where it lets scripts do so. */
export function admits(actor: Actor): SQL {
  const isTraded = actor.kind === 'user' && actor.byPassword === true
  return sql`(r.allows_password_tokens or not ${isTraded}::boolean)`
}

/** The same of one root organization, for what is the actor's own and needs no standing there. */
export async function isAdmitted(
  tx: Database | Transaction,
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select 1 from organizations r where r.id = ${uuidOf(rootOrganizationId)}::uuid and ${admits(actor)}`)
  return row !== undefined
}
