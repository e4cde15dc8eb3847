import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { database, type Transaction, transaction } from '#db/client'
import { mailTries, outgoingMails } from '#db/schema/mail'
import { open } from '../../base/encryption.ts'
import { environment } from '../../base/env.ts'
import { type Id, isId } from '../../base/ids.ts'
import { log } from '../../base/log.ts'
import { handToMailServer, type MailProblem, mailProblem } from '../../base/mailer.ts'
import { mailMode } from './mail-mode.ts'
import { GIVE_UP_DAYS, pauseMinutes } from './rules.ts'

/**
 * Sends one mail of the outbox if it is due, and forgets its text. Its row is held meanwhile, so that no two processes send the
 * same one; whoever comes second finds nothing to do. What the server did not take is kept and tried again after a pause
 * that grows, for days. Should the process die between the server's 250 and the commit here, the mail goes out twice
 * with one Message-ID, and the log says that it may. Returns whether the next mail is worth trying.
 */
export async function sendMail({ mailId }: { mailId: string }): Promise<'go-on' | 'server-away'> {
  if (!isId('mail', mailId)) return 'go-on'
  return transaction(async (tx) => {
    const mode = await mailMode(tx)
    if (mode === 'waiting') return 'server-away'
    const mail = await openDueMail(tx, mailId)
    if (!mail?.sealedText) return 'go-on'
    const problem = mode === 'sent' ? await handOver(mail, mail.sealedText) : null
    if (mode === 'sent') await tx.delete(mailTries).where(eq(mailTries.mailId, mail.id))
    if (problem) return keep(tx, mail, problem)
    await tx
      .update(outgoingMails)
      .set({ sentAt: sql`now()`, lastProblem: null, ...(mode === 'sent' && { sealedText: null }) })
      .where(eq(outgoingMails.id, mail.id))
    return 'go-on'
  })
}

type DueMail = NonNullable<Awaited<ReturnType<typeof openDueMail>>>

async function openDueMail(tx: Transaction, mailId: Id<'mail'>) {
  const [mail] = await tx
    .select({
      id: outgoingMails.id,
      kind: outgoingMails.kind,
      recipient: outgoingMails.recipient,
      subject: outgoingMails.subject,
      sealedText: outgoingMails.sealedText,
      createdAt: outgoingMails.createdAt,
      attempts: outgoingMails.attempts,
      isLastTry: sql<boolean>`${outgoingMails.createdAt} < now() - make_interval(days => ${GIVE_UP_DAYS})`,
    })
    .from(outgoingMails)
    .where(
      and(
        eq(outgoingMails.id, mailId),
        isNull(outgoingMails.sentAt),
        isNull(outgoingMails.givenUpAt),
        lte(outgoingMails.nextAttemptAt, sql`now()`),
      ),
    )
    .for('update', { skipLocked: true })
  return mail
}

async function handOver(mail: DueMail, sealedText: Buffer): Promise<MailProblem | null> {
  const text = openText(mail, sealedText)
  if (text === null) return UNREADABLE
  await noteTry(mail)
  try {
    await handToMailServer({
      // The right half is ours alone, and says nothing that a link would not.
      messageId: `${mail.id}@${new URL(environment().publicUrl).hostname}`,
      to: mail.recipient,
      subject: mail.subject,
      text,
      writtenAt: mail.createdAt,
    })
    return null
  } catch (thrown) {
    return mailProblem(thrown)
  }
}

/** Says so, on a connection of its own, so that it is there if this process dies; and finds whether one died before. */
async function noteTry({ id, kind }: DueMail): Promise<void> {
  const [found] = await database()
    .insert(mailTries)
    .values({ mailId: id })
    .onConflictDoUpdate({ target: mailTries.mailId, set: { begunAt: sql`now()` } })
    .returning({ wasBegun: sql<boolean>`xmax <> 0` })
  if (found?.wasBegun)
    log().warn({ mail: id, kind }, 'a mail may arrive twice: whoever sent it died before it was noted')
}

const UNREADABLE: MailProblem = {
  words: 'its text cannot be read: it is damaged',
  isFinal: true,
  isOfThisMail: true,
}

/** Null if it is damaged: one such mail does not keep those behind it. */
function openText(mail: DueMail, sealedText: Buffer): string | null {
  try {
    return open(sealedText, mail.id).toString('utf8')
  } catch {
    return null
  }
}

/** The log tells what kind of mail it was, never whose. */
async function keep(tx: Transaction, mail: DueMail, problem: MailProblem): Promise<'go-on' | 'server-away'> {
  const attempts = mail.attempts + 1
  const about = { mail: mail.id, kind: mail.kind, attempts, problem: problem.words }
  const isGivenUp = problem.isFinal || mail.isLastTry
  await tx
    .update(outgoingMails)
    .set({
      attempts,
      lastProblem: problem.words,
      ...(isGivenUp
        ? { givenUpAt: sql`now()`, sealedText: null }
        : { nextAttemptAt: sql`clock_timestamp() + make_interval(mins => ${pauseMinutes(attempts)})` }),
    })
    .where(eq(outgoingMails.id, mail.id))
  if (isGivenUp) log().error(about, 'a mail was given up')
  else log().warn(about, 'a mail was not taken and will be tried again')
  return problem.isOfThisMail ? 'go-on' : 'server-away'
}
