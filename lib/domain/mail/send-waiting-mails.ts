import { and, asc, isNull, lte, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { outgoingMails } from '#db/schema/mail'
import { sendMail } from './send-mail.ts'

/** Some minutes of work at most, so that the next look comes soon. */
const MAILS_AT_ONCE = 200

/**
 * Tries every mail that is due: those a server did not take, those that waited for SMTP_URL, and those whose process died.
 * Leaves off at the first one that finds the server away, because the next would find it so too.
 */
export async function sendWaitingMails(): Promise<void> {
  const due = await database()
    .select({ id: outgoingMails.id })
    .from(outgoingMails)
    .where(
      and(
        isNull(outgoingMails.sentAt),
        isNull(outgoingMails.givenUpAt),
        lte(outgoingMails.nextAttemptAt, sql`now()`),
      ),
    )
    .orderBy(asc(outgoingMails.nextAttemptAt))
    .limit(MAILS_AT_ONCE)
  for (const { id } of due) if ((await sendMail({ mailId: id })) === 'server-away') return
}
