import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'

type Edited = { version: number; updatedBy: Id<'user'> | null; what: string }

/** Refuses a save of an API or scope that began from an older version than the present one, saying whose came first. */
export async function refuseStaleEdit(
  tx: Transaction,
  actor: Actor,
  { version: present, updatedBy, what }: Edited,
  version: number,
): Promise<void> {
  if (present === version) return
  const again = 'Look at what it is now, and save again.'
  if (updatedBy && actor.kind === 'user' && actor.userId === updatedBy) {
    throw new Refusal('conflict', `You changed ${what} in another tab. ${again}`)
  }
  const [person] = updatedBy
    ? await tx.select({ fullName: users.fullName }).from(users).where(eq(users.id, updatedBy))
    : []
  throw new Refusal(
    'conflict',
    `${person?.fullName ?? 'Somebody'} changed ${what} while you were editing. ${again}`,
  )
}
