import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'

/** Whether somebody’s authorization of this installation lives: what ending all of them would end. */
export async function isLiveHere(tx: Transaction, installationId: Id<'installation'>): Promise<boolean> {
  const live = await tx.execute(sql`
    select from live_authorizations l where l.installation_id = ${uuidOf(installationId)}::uuid limit 1`)
  return live.length > 0
}
