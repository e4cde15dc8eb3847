import { sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { idOf } from '../../base/ids.ts'
import { queueMails } from '../mail/queue-mails.ts'
import { requestReminder } from './request-mails.ts'
import { LAST_REMINDER_DAYS, REMINDER_DAYS } from './schema.ts'
import {
  inboxPath,
  isWaiting,
  type RequestRow,
  requestRow,
  toldOf,
  waitingRequests,
} from './waiting-requests.ts'
import { whoAnswers } from './who-answers.ts'

/**
 * Reminds whoever may answer them of requests that wait: of each after some days, and once more before it ends. Where one is
 * due, all that fall due within the day are told with it, so that nobody gets more than a mail a day. One that is being
 * answered at this moment is left out. Returns how many mails.
 */
export async function remindOfRequests(): Promise<number> {
  return transaction(async (tx) => {
    // Two at once would each take a part, and tell it in a mail of its own.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('requests reminded', 0))`)
    const found = await tx.execute<RequestRow>(sql`
      with waiting as materialized (
        select ${requestRow}, q.reminders, q.requested_at as "requestedAt"
        from ${waitingRequests(null)} where ${isWaiting} and ${isDue(1)}
        order by q.id for update of q skip locked),
      due as (
        select w.id from waiting w
        where exists (select from waiting d join approval_requests q on q.id = d.id
          where d."rootId" = w."rootId" and ${isDue(0)})),
      marked as (
        update approval_requests q set reminders = case when ${isNearEnd(1)} then 2 else 1 end
        from due where due.id = q.id returning q.id)
      select w.* from waiting w join marked on marked.id = w.id order by w."requestedAt", w.id`)
    let mails = 0
    for (const [root, rows] of Map.groupBy(found, ({ rootId }) => rootId)) {
      const rootOrganizationId = idOf('organization', root)
      const people = await tx.execute<{ email: string; fullName: string }>(
        sql`select w.email, w.full_name as "fullName" from (${whoAnswers(sql`${root}::uuid`)}) w`,
      )
      await queueMails(
        tx,
        people.map(({ email, fullName }) => ({
          kind: 'request-reminder',
          to: email,
          rootOrganizationId,
          ...requestReminder({
            to: fullName,
            organization: rows[0]?.organization ?? '',
            requests: rows.map(toldOf),
            inboxPath: inboxPath(rootOrganizationId),
          }),
        })),
      )
      mails += people.length
    }
    return mails
  })
}

/** Whether a request is to be reminded of by so many days from now. */
function isDue(ahead: number) {
  return sql`((q.reminders = 0 and q.requested_at <= now() + make_interval(days => ${ahead - REMINDER_DAYS}))
    or (q.reminders < 2 and ${isNearEnd(ahead)}))`
}

function isNearEnd(ahead: number) {
  return sql`q.expires_at <= now() + make_interval(days => ${ahead + LAST_REMINDER_DAYS})`
}
