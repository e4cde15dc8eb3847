import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { bytes, id, moment } from '../columns.ts'

/** A row is one mail to be sent, written in the transaction that owes it: the outbox. */
export const outgoingMails = pgTable(
  'outgoing_mails',
  {
    id: id('mail')().primaryKey(),
    /** Null for what concerns an account, which belongs to no one organization. */
    rootOrganizationId: id('organization')(),
    /** What it is about, in one word with hyphens: the log names it. */
    kind: text().notNull(),
    recipient: text().notNull(),
    subject: text().notNull(),
    /** The text under SECRET_KEY, because it may hold a link that is good once; gone when the mail was sent, except in the demo. */
    sealedText: bytes(),
    createdAt: moment().notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    /** When the clock tries next; a first try begins at once. */
    nextAttemptAt: moment().notNull().defaultNow(),
    /** What the mail server said the last time, without addresses. */
    lastProblem: text(),
    sentAt: moment(),
    givenUpAt: moment(),
  },
  (table) => [
    index('outgoing_mails_waiting')
      .on(table.nextAttemptAt)
      .where(sql`${table.sentAt} is null and ${table.givenUpAt} is null`),
    // The mailbox of the demo lists them, the purge forgets them.
    index('outgoing_mails_by_creation').on(table.createdAt),
    index('outgoing_mails_by_recipient').on(sql`lower(${table.recipient})`, table.createdAt.desc()),
  ],
)

/**
 * A row is one mail that is being handed to the mail server at this moment. It outlives only a process that died over it: then the
 * server may have taken the mail. References nothing, because the mail's own row is held meanwhile.
 */
export const mailTries = pgTable('mail_tries', {
  mailId: id('mail')().primaryKey(),
  begunAt: moment().notNull().defaultNow(),
})
