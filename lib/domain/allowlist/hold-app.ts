import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'

/** Whoever counts what one app brings holds it, so that two do not count at the same moment. Taken after requests and people. */
export async function holdApp(tx: Transaction, appId: Id<'app'>): Promise<void> {
  await tx
    .select({ id: connectedApps.id })
    .from(connectedApps)
    .where(eq(connectedApps.id, appId))
    .for('no key update')
}
