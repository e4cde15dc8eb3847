import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { App } from './open-app.ts'

/** Disables an opened app. Says whether that changed anything: one that is disabled already stays as it is. */
export async function markDisabled(tx: Transaction, actor: Actor, app: App): Promise<boolean> {
  if (app.disabledAt) return false
  await tx
    .update(connectedApps)
    .set({ disabledAt: sql`now()`, disabledBy: personOf(actor) })
    .where(eq(connectedApps.id, app.id))
  return true
}

/** Ends every token that an opened app holds for itself: each carries the number of its day. There is no way back, because the number only grows. */
export async function endOwnTokens(tx: Transaction, app: App): Promise<void> {
  await tx
    .update(connectedApps)
    .set({ epoch: sql`${connectedApps.epoch} + 1` })
    .where(eq(connectedApps.id, app.id))
}
