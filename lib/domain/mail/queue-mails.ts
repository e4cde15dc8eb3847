import type { Transaction } from '#db/client'
import { enqueueJobs } from '#db/jobs'
import { outgoingMails } from '#db/schema/mail'
import { type Mail, rowOf } from './queue-mail.ts'

/** So many rows a statement: a statement has room for 65,535 values. */
const ROWS_AT_ONCE = 1000

/** `queueMail` for many at once, in a few statements: whoever waits for the transaction's locks does not wait for each mail. */
export async function queueMails(tx: Transaction, mails: readonly Mail[]): Promise<void> {
  for (let at = 0; at < mails.length; at += ROWS_AT_ONCE) {
    const rows = mails.slice(at, at + ROWS_AT_ONCE).map(rowOf)
    await tx.insert(outgoingMails).values(rows)
    await enqueueJobs(
      tx,
      'send-mail',
      rows.map(({ id }) => ({ mailId: id })),
    )
  }
}
