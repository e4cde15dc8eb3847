import { desc, eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { outgoingMails } from '#db/schema/mail'
import { open } from '#lib/base/encryption'

export type QueuedMail = {
  kind: string
  subject: string
  text: string /** The path of its one link. */
  path: string | undefined
}

/** What stands in the outbox for an address, the newest first. */
export async function mailsTo(address: string): Promise<QueuedMail[]> {
  const rows = await database()
    .select()
    .from(outgoingMails)
    .where(eq(sql`lower(${outgoingMails.recipient})`, address.toLowerCase()))
    .orderBy(desc(outgoingMails.id))
  return rows.map(({ id, kind, subject, sealedText }) => {
    const text = sealedText ? open(sealedText, id).toString('utf8') : ''
    const link = /^https?:\/\/\S+$/m.exec(text)?.[0]
    return { kind, subject, text, path: link?.slice(new URL(link).origin.length) }
  })
}

/** The token in a mail's link. */
export function tokenIn(mail: QueuedMail | undefined): string {
  const token = new URLSearchParams(mail?.path?.split('?')[1]).get('token')
  if (!token) throw new Error('This mail holds no link with a token.')
  return token
}
