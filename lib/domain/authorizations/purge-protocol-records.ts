import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'

/** Deletes what the authorization server remembered between two requests and no longer needs. Returns how many. */
export function purgeProtocolRecords(): Promise<number> {
  return inBatches(async (rows) => {
    const { count } = await database().execute(sql`
      delete from protocol_records where (model, id_hash) in (
        select model, id_hash from protocol_records where expires_at < now()
        order by expires_at limit ${rows} for update skip locked)`)
    return count
  })
}
