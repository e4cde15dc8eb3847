import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { inBatches } from '../../base/in-batches.ts'

/** As long as the mail that brought it; the audit log keeps the rest. */
const INVITATIONS_KEPT_DAYS = 30

/** Deletes invitations that were accepted or withdrawn long ago: their links lead nowhere, and nobody is shown them. Returns how many. */
export function purgeInvitations(): Promise<number> {
  return inBatches(async (rows) => {
    const { count } = await database().execute(sql`
      delete from invitations where id in (
        select id from invitations
        where coalesce(accepted_at, ended_at) < now() - make_interval(days => ${INVITATIONS_KEPT_DAYS})
        limit ${rows} for update skip locked)`)
    return count
  })
}
