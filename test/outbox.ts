import { desc, eq, sql } from 'drizzle-orm'
import { outgoingMails } from '#db/schema/mail'
import { open } from '#lib/base/encryption'
import { database } from '#test/database'

/** The mails that somebody is owed, the newest first, with their text as it will be read. */
export async function mailsTo(email: string): Promise<{ kind: string; subject: string; text: string }[]> {
  const rows = await database()
    .select()
    .from(outgoingMails)
    .where(eq(sql`lower(${outgoingMails.recipient})`, email.toLowerCase()))
    .orderBy(desc(outgoingMails.id))
  return rows.map(({ id, kind, subject, sealedText }) => ({
    kind,
    subject,
    text: sealedText ? open(sealedText, id).toString('utf8') : '',
  }))
}

/** The token in the newest link of that kind that somebody was sent. */
export async function tokenSentTo(email: string, kind: string): Promise<string> {
  const mail = (await mailsTo(email)).find((one) => one.kind === kind)
  const token = mail && /[?&]token=([\w-]+)/.exec(mail.text)?.[1]
  if (!token) throw new Error(`No mail of the kind ${kind} with a link.`)
  return token
}
