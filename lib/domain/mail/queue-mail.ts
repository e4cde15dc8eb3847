import { z } from 'zod'
import type { Transaction } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { outgoingMails } from '#db/schema/mail'
import { seal } from '../../base/encryption.ts'
import { type Id, newId } from '../../base/ids.ts'
import { inOneLine } from './mail-text.ts'

export type Mail = {
  /** What it is about, in one word with hyphens, such as `invitation`: the log names it. */
  kind: string
  to: string
  subject: string
  /** Plain text, as `mailText` writes it. */
  text: string
  rootOrganizationId: Id<'organization'> | null
}

/** Puts a mail into the outbox, in the transaction that owes it: both are there, or neither. */
export async function queueMail(tx: Transaction, mail: Mail): Promise<Id<'mail'>> {
  const row = rowOf(mail)
  await tx.insert(outgoingMails).values(row)
  await enqueueJob(tx, 'send-mail', { mailId: row.id })
  return row.id
}

/** A mail as it stands in the outbox: its text sealed. */
export function rowOf(mail: Mail): typeof outgoingMails.$inferInsert & { id: Id<'mail'> } {
  if (!z.email().safeParse(mail.to).success)
    throw new Error('A mail goes to one address; this is no e-mail address.')
  const id = newId('mail')
  return {
    id,
    rootOrganizationId: mail.rootOrganizationId,
    kind: mail.kind,
    recipient: mail.to,
    subject: inOneLine(mail.subject),
    sealedText: seal(mail.text, id),
  }
}
