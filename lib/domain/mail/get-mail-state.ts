import { and, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { outgoingMails } from '#db/schema/mail'
import { mailMode } from './mail-mode.ts'

/** A mail may take so long without anybody asking why. */
const LATE_MINUTES = 15

/** Whether mail goes out: if not, why, and how many have been waiting for longer than they should. */
export type MailState = { trouble: null } | { trouble: 'no-server' | 'not-taken'; waiting: number }

/** What administrators and operators see of the outbox: no address, no word of any mail. */
export async function getMailState(): Promise<MailState> {
  const db = database()
  const mode = await mailMode(db)
  if (mode === 'kept') return { trouble: null }
  const [late] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(outgoingMails)
    .where(
      and(
        isNull(outgoingMails.sentAt),
        isNull(outgoingMails.givenUpAt),
        mode === 'sent'
          ? sql`${outgoingMails.createdAt} < now() - make_interval(mins => ${LATE_MINUTES})`
          : undefined,
      ),
    )
  const waiting = late?.count ?? 0
  if (mode === 'waiting') return { trouble: 'no-server', waiting }
  return waiting === 0 ? { trouble: null } : { trouble: 'not-taken', waiting }
}
