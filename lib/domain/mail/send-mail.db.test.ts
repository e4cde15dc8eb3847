import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { mailTries, outgoingMails } from '#db/schema/mail'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import type { Id } from '#lib/base/ids'
import { log } from '#lib/base/log'
import { handToMailServer, mailProblem } from '#lib/base/mailer'
import { database, tokenSql, transaction } from '#test/database'
import { everyText } from '#test/every-text'
import { type MailServer, startMailServer, startSender } from '#test/mail-server'
import { getMailState } from './get-mail-state.ts'
import { listKeptMails } from './list-kept-mails.ts'
import { purgeMails } from './purge-mails.ts'
import { queueMail } from './queue-mail.ts'
import { GIVE_UP_DAYS } from './rules.ts'
import { sendMail } from './send-mail.ts'
import { sendWaitingMails } from './send-waiting-mails.ts'

const LINK = 'https://id.example.com/reset-password?token=kept-nowhere-in-the-plain'

let server: MailServer
async function serve(options?: Parameters<typeof startMailServer>[0]): Promise<void> {
  server = await startMailServer(options)
  use(server.url)
}
function use(url: string | undefined): void {
  setEnvironment(
    readEnvironment({
      PUBLIC_URL: 'https://id.example.com',
      SMTP_URL: url,
      MAIL_FROM: 'Gatehouse <gatehouse@example.com>',
    }),
  )
}
beforeEach(async () => {
  await database().delete(outgoingMails)
})
afterEach(async () => {
  await server?.stop()
})

const letter = (more: Partial<Parameters<typeof queueMail>[1]> = {}) =>
  transaction((tx) =>
    queueMail(tx, {
      kind: 'password-reset',
      to: 'mia@example.com',
      subject: 'Choose a new password',
      text: `Hello Mia,\n\nOpen this:\n\n${LINK}\n`,
      rootOrganizationId: null,
      ...more,
    }),
  )
async function rowOf(id: Id<'mail'>) {
  const [row] = await database().select().from(outgoingMails).where(eq(outgoingMails.id, id))
  if (!row) throw new Error('The mail is gone.')
  return row
}
const letTimePass = (id: Id<'mail'>, interval: string) =>
  database()
    .update(outgoingMails)
    .set({
      createdAt: sql`created_at - ${interval}::interval`,
      nextAttemptAt: sql`next_attempt_at - ${interval}::interval`,
    })
    .where(eq(outgoingMails.id, id))

describe('a mail', () => {
  it('goes out once, however many try at the same moment, and its text is forgotten', async () => {
    await serve()
    const id = await letter()
    await Promise.all([sendMail({ mailId: id }), sendMail({ mailId: id }), sendWaitingMails()])
    await sendMail({ mailId: id })
    expect(server.received).toHaveLength(1)
    expect(server.received[0]).toMatchObject({
      recipients: ['mia@example.com'],
      from: { name: 'Gatehouse', address: 'gatehouse@example.com' },
      subject: 'Choose a new password',
      messageId: `<${id}@id.example.com>`,
    })
    expect(server.received[0]?.text).toContain(`\n${LINK}\n`)
    expect(await rowOf(id)).toMatchObject({ sealedText: null, sentAt: expect.any(Date), attempts: 0 })
  })

  it('that was taken just before we died goes out again under the same Message-ID', async () => {
    const sender: { process?: ChildProcess } = {}
    await serve({ taken: async () => void sender.process?.kill('SIGKILL') })
    const id = await letter()
    sender.process = startSender(id, server.url, inject('secretKey'))
    const [, signal] = await once(sender.process, 'exit')
    expect(signal).toBe('SIGKILL')
    const warned = vi.spyOn(log(), 'warn')
    await vi.waitFor(() => sendMail({ mailId: id }).then(() => expect(server.received).toHaveLength(2)))
    expect(server.received.map(({ messageId }) => messageId)).toEqual([
      `<${id}@id.example.com>`,
      `<${id}@id.example.com>`,
    ])
    expect((await rowOf(id)).sentAt).not.toBeNull()
    expect(warned.mock.calls).toContainEqual([
      { mail: id, kind: 'password-reset' },
      expect.stringMatching(/may arrive twice/),
    ])
    warned.mockRestore()
    expect(await database().$count(mailTries)).toBe(0)
  })

  it('waits while the server is away and goes out once it is back', async () => {
    await serve()
    const { port } = server
    await server.stop()
    const id = await letter()
    await sendMail({ mailId: id })
    const kept = await rowOf(id)
    expect(kept).toMatchObject({ attempts: 1, sentAt: null, sealedText: expect.any(Buffer) })
    expect(kept.lastProblem).toMatch(/ECONNREFUSED|ESOCKET/)
    expect(kept.nextAttemptAt.getTime()).toBeGreaterThan(kept.createdAt.getTime())

    server = await startMailServer({ port })
    await sendWaitingMails()
    expect(server.received).toHaveLength(0)
    await letTimePass(id, '2 minutes')
    await sendWaitingMails()
    expect(server.received).toHaveLength(1)
  })

  it('is given up after days, with its text', async () => {
    await serve()
    await server.stop()
    const id = await letter()
    await letTimePass(id, `${GIVE_UP_DAYS * 24 + 1} hours`)
    await sendWaitingMails()
    expect(await rowOf(id)).toMatchObject({ givenUpAt: expect.any(Date), sealedText: null, sentAt: null })
  })

  it('to an address that is none is given up at once, and what is kept of the answer names nobody', async () => {
    const nobody = (code: number, text: string) =>
      Object.assign(new Error(`${text} <mia@example.com>`), { responseCode: code })
    let answer = nobody(550, '5.1.1 No such user')
    await serve({ onRcptTo: (_address, _session, done) => done(answer) })
    const gone = await letter()
    await sendMail({ mailId: gone })
    expect(await rowOf(gone)).toMatchObject({ givenUpAt: expect.any(Date), sealedText: null })
    expect((await rowOf(gone)).lastProblem).toMatch(/^EENVELOPE: .*No such user \(address\)$/)

    answer = nobody(550, '5.7.1 Relaying denied')
    const refused = await letter()
    await sendMail({ mailId: refused })
    expect(await rowOf(refused)).toMatchObject({ givenUpAt: null, attempts: 1 })
  })

  it('whose text is damaged is given up, and one the server does not want now waits: those behind them go out', async () => {
    const later = Object.assign(new Error('4.2.1 Mailbox busy'), { responseCode: 450 })
    await serve({
      onRcptTo: ({ address }, _session, done) => (address === 'busy@example.com' ? done(later) : done()),
    })
    const [damaged, busy, good] = [await letter(), await letter({ to: 'busy@example.com' }), await letter()]
    await database()
      .update(outgoingMails)
      .set({ sealedText: Buffer.from('no longer what it was') })
      .where(eq(outgoingMails.id, damaged))
    await sendWaitingMails()
    expect(await rowOf(damaged)).toMatchObject({ givenUpAt: expect.any(Date), sealedText: null })
    expect(await rowOf(busy)).toMatchObject({ attempts: 1, givenUpAt: null, sentAt: null })
    expect(await rowOf(good)).toMatchObject({ sentAt: expect.any(Date) })
    expect(server.received).toHaveLength(1)
  })

  it('is put off when the server never comes to an end, however long it may take to say so', async () => {
    const { promise: heard, resolve: hears } = Promise.withResolvers<void>()
    await serve({ onMailFrom: () => hears() })
    const letterTo = { messageId: 'one@id.example.com', to: 'mia@example.com', subject: 'S', text: 'T' }
    const talking = handToMailServer({ ...letterTo, writtenAt: new Date() }, 1)
    await heard
    const problem = mailProblem(await talking.catch((thrown: unknown) => thrown))
    expect(problem).toMatchObject({ isFinal: false, isOfThisMail: false })
  })

  it('cannot be made to go to others, or to say other headers, by what is written into it', async () => {
    await serve()
    const id = await letter({ subject: 'Invitation to X\r\nBcc: everybody@example.com\r\n\r\nText' })
    await sendMail({ mailId: id })
    const [mail] = server.received
    expect(mail?.recipients).toEqual(['mia@example.com'])
    expect(mail?.bcc).toBeUndefined()
    expect(mail?.subject).toBe('Invitation to X Bcc: everybody@example.com Text')
    for (const to of ['mia@example.com, eve@example.com', 'mia@example.com\r\nBcc: eve@example.com', 'mia']) {
      await expect(letter({ to })).rejects.toThrow('no e-mail address')
    }
  })

  it('is not given to a server whose certificate nobody vouches for', async () => {
    await serve({ secure: true, disabledCommands: [] })
    const id = await letter()
    await sendMail({ mailId: id })
    expect(server.received).toHaveLength(0)
    expect((await rowOf(id)).lastProblem).toMatch(/certificate/)
  })

  it('stands in the outbox sealed: its link is nowhere in the database [P133]', async () => {
    await serve()
    const id = await letter()
    const everything = await everyText()
    const naming = everything.filter(({ text }) => text.includes(id) || text.includes('mia@example.com'))
    expect(naming.map(({ table }) => table).sort()).toEqual(['_private_jobs', 'outgoing_mails'])
    expect(everything.filter(({ text }) => text.includes('kept-nowhere'))).toEqual([])
  })
})

describe('without a mail server', () => {
  it('tests and the demo keep every mail, to be read in the mailbox', async () => {
    use(undefined)
    const id = await letter()
    await sendMail({ mailId: id })
    expect(await rowOf(id)).toMatchObject({ sentAt: expect.any(Date), sealedText: expect.any(Buffer) })
    expect(await getMailState()).toEqual({ trouble: null })
    expect(await listKeptMails({})).toMatchObject({
      rows: [{ mailId: id, recipient: 'mia@example.com', text: expect.stringContaining(LINK) }],
      next: null,
    })
  })

  it('the mailbox is paged, the newest first', async () => {
    use(undefined)
    const ids: Id<'mail'>[] = []
    for (let written = 0; written < 53; written += 1) ids.push(await letter())
    const first = await listKeptMails({})
    const second = await listKeptMails({ cursor: first.next })
    expect([...first.rows, ...second.rows].map(({ mailId }) => mailId)).toEqual(ids.toReversed())
    expect(second.next).toBeNull()
  })

  it('production lets mail wait untouched, and says so', async () => {
    use(undefined)
    await inProduction(async () => {
      const id = await letter()
      await sendMail({ mailId: id })
      await sendWaitingMails()
      expect(await rowOf(id)).toMatchObject({ attempts: 0, sentAt: null, sealedText: expect.any(Buffer) })
      expect(await getMailState()).toEqual({ trouble: 'no-server', waiting: 1 })
      await expect(listKeptMails({})).rejects.toMatchObject({ code: 'not-found' })

      await serve()
      expect(await getMailState()).toEqual({ trouble: null })
      await letTimePass(id, '1 hour')
      expect(await getMailState()).toEqual({ trouble: 'not-taken', waiting: 1 })
      await expect(listKeptMails({})).rejects.toMatchObject({ code: 'not-found' })
      await sendWaitingMails()
      expect(server.received).toHaveLength(1)
      expect(await getMailState()).toEqual({ trouble: null })
    })
  })
})

it('deletes mails that were sent long ago, and none that waits', async () => {
  use(undefined)
  const [old, waiting, recent] = [await letter(), await letter(), await letter()]
  await sendMail({ mailId: old })
  await sendMail({ mailId: recent })
  await letTimePass(old, '31 days')
  await letTimePass(waiting, '31 days')
  await database()
    .update(outgoingMails)
    .set({ sentAt: sql`sent_at - interval '31 days'` })
    .where(eq(outgoingMails.id, old))
  await Promise.all([purgeMails(), purgeMails()])
  const left = await database().select({ id: outgoingMails.id }).from(outgoingMails)
  expect(left.map(({ id }) => id).sort()).toEqual([waiting, recent].sort())
})

/** As if this database were a production's, while `work` runs. */
async function inProduction(work: () => Promise<void>): Promise<void> {
  const mark = (purpose: string) => tokenSql()`update deployment set purpose = ${purpose}`
  await mark('production')
  try {
    await work()
  } finally {
    await mark('test')
  }
}
