import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'

/**
 * Held by whoever counts what one person asks for and what one app brings, so that two do not count at the same moment.
 * Taken before any request is held, always in this order: who asks for what is there waits for nobody in a circle.
 */
export async function holdAsking(tx: Transaction, userId: Id<'user'>, appId: Id<'app'>): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update')
  await tx
    .select({ id: connectedApps.id })
    .from(connectedApps)
    .where(eq(connectedApps.id, appId))
    .for('no key update')
}
