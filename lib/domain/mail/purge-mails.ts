import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'

/** Long enough to see whether somebody was written to; what was written is gone when it was sent. */
const MAILS_KEPT_DAYS = 30

/** Deletes mails that were sent or given up long ago. Returns how many. */
export function purgeMails(): Promise<number> {
  return inBatches(async (rows) => {
    const { count } = await database().execute(sql`
      delete from outgoing_mails where id in (
        select id from outgoing_mails
        where created_at < now() - make_interval(days => ${MAILS_KEPT_DAYS})
          and coalesce(sent_at, given_up_at) < now() - make_interval(days => ${MAILS_KEPT_DAYS})
        order by created_at limit ${rows} for update skip locked)`)
    return count
  })
}
