import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'

/** Deletes drafts that nobody made a request of before they expired. What somebody answered by its link stays. Returns how many. */
export function purgeDrafts(): Promise<number> {
  return inBatches(async (rows) => {
    const { count } = await database().execute(sql`
      delete from approval_requests where id in (
        select id from approval_requests where requested_at is null and expires_at < now() and (answered_at is null or answer = 'expired')
        limit ${rows} for update skip locked)`)
    return count
  })
}
