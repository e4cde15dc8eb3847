import { desc, isNotNull, lt } from 'drizzle-orm'
import { database } from '#db/client'
import { outgoingMails } from '#db/schema/mail'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { open } from '../../base/encryption.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { mailMode } from './mail-mode.ts'

const PAGE_ROWS = 50

export type KeptMail = {
  mailId: Id<'mail'>
  recipient: string
  subject: string
  text: string
  writtenAt: Date
}

/**
 * The mailbox of the demo and of development, where no mail is sent: all of it, the newest first, for anybody to read,
 * because its people are invented. Where mail is sent, or waits to be, there is no such thing.
 */
export async function listKeptMails(input: { cursor?: Cursor }): Promise<{ rows: KeptMail[]; next: Cursor }> {
  const db = database()
  if ((await mailMode(db)) !== 'kept') throw new Refusal('not-found', 'There is no mailbox here.')
  const [after] = readCursor(input.cursor, ['uuid']) ?? []
  const found = await db
    .select()
    .from(outgoingMails)
    .where(after ? lt(outgoingMails.id, idOf('mail', after)) : isNotNull(outgoingMails.id))
    .orderBy(desc(outgoingMails.id))
    .limit(PAGE_ROWS + 1)
  const page = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? page.at(-1) : undefined
  const rows = page.map((mail) => ({
    mailId: mail.id,
    recipient: mail.recipient,
    subject: mail.subject,
    text: mail.sealedText ? open(mail.sealedText, mail.id).toString('utf8') : '',
    writtenAt: mail.createdAt,
  }))
  return { rows, next: last ? writeCursor([uuidOf(last.id)]) : null }
}
