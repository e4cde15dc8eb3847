import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'
import { TOLD_OF_EXPIRY } from './protocol-records.ts'

/** So long one is told of an expiry. */
const KEPT_HOURS = 24

/** Deletes what the authorization server remembered between two requests and no longer needs. Returns how many. */
export function purgeProtocolRecords(): Promise<number> {
  return inBatches(async (rows) => {
    const { count } = await database().execute(sql`
      delete from protocol_records where (model, id_hash) in (
        select model, id_hash from protocol_records where expires_at < now()
          and (model <> ${TOLD_OF_EXPIRY} or expires_at < now() - make_interval(hours => ${KEPT_HOURS}))
        order by expires_at limit ${rows} for update skip locked)`)
    return count
  })
}
