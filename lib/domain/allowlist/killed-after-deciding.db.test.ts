import { once } from 'node:events'
import { and, eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest'
import { approvalRequests } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { outgoingMails } from '#db/schema/mail'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import type { Id } from '#lib/base/ids'
import { as } from '#test/actors'
import { database, transaction } from '#test/database'
import { type MadeOrganization, type MadeUser, makeApp, makeMember, makeOrganization } from '#test/factories'
import { type MailServer, startMailServer, startProcess } from '#test/mail-server'
import { sendWaitingMails } from '../mail/send-waiting-mails.ts'
import { declineRequest } from './decline-request.ts'
import { draftRequest } from './draft-request.ts'
import { requestApproval } from './request-approval.ts'
import { restrict } from './restrict.ts'

/* A decision and the mail that tells of it are both there, or neither, wherever the process dies. */
let server: MailServer
let here: MadeOrganization
let member: MadeUser
let requestId: Id<'approvalRequest'>

beforeEach(async () => {
  await database().delete(outgoingMails)
  server = await startMailServer()
  setEnvironment(
    readEnvironment({
      PUBLIC_URL: 'https://id.example.com',
      SMTP_URL: server.url,
      MAIL_FROM: 'gatehouse@example.com',
    }),
  )
  here = await makeOrganization()
  member = await makeMember(here)
  await restrict(as(here.owner), { rootOrganizationId: here.id })
  const app = await makeApp({
    organization: await makeOrganization(),
    audience: 'everyone',
    scopes: ['openid'],
  })
  const wish = { rootOrganizationId: here.id, appId: app.id, scopes: ['openid'] }
  requestId = (await draftRequest(as(member), wish)).requestId
  await requestApproval(as(member), { requestId })
})
afterEach(() => server.stop())

const decide = () =>
  startProcess('test/decide-one-request.ts', [requestId, here.owner.id], {
    url: server.url,
    secretKey: inject('secretKey'),
  })
const answerNow = async () => {
  const [row] = await database()
    .select({ answer: approvalRequests.answer })
    .from(approvalRequests)
    .where(eq(approvalRequests.id, requestId))
  return row?.answer
}
const declined = () =>
  database().$count(
    events,
    and(eq(events.rootOrganizationId, here.id), eq(events.name, 'allowlist.request-declined')),
  )

it('killed between the decision and its mail: the decision stands once, and its mail goes out once all the same', async () => {
  const [, signal] = await once(decide(), 'exit')
  expect(signal).toBe('SIGKILL')
  expect([await answerNow(), await declined(), server.received.length]).toEqual(['declined', 1, 0])
  await Promise.all([sendWaitingMails(), sendWaitingMails()])
  await sendWaitingMails()
  expect(server.received).toHaveLength(1)
  expect(server.received[0]).toMatchObject({ recipients: [member.email], subject: /was declined/ })
  await expect(declineRequest(as(here.owner), { requestId })).rejects.toMatchObject({ code: 'conflict' })
  expect(await declined()).toBe(1)
})

it('killed while it decides, before the mail stands in the outbox: there is neither, and another decides', async () => {
  const { child } = await transaction(async (tx) => {
    // The mail is the last that is written: there it has to wait.
    await tx.execute(sql`lock table outgoing_mails in share mode`)
    const waiting = decide()
    await vi.waitFor(async () => {
      const [row] = await database().execute<{ count: number }>(
        sql`select count(*)::int as count from pg_locks where not granted and relation = 'outgoing_mails'::regclass`,
      )
      expect(row?.count).toBe(1)
    }, 20_000)
    waiting.kill('SIGKILL')
    await once(waiting, 'exit')
    return { child: waiting }
  })
  expect(child.signalCode).toBe('SIGKILL')
  await vi.waitFor(async () => expect(await answerNow()).toBeNull())
  expect(await declined()).toBe(0)
  await declineRequest(as(here.owner), { requestId })
  await sendWaitingMails()
  expect(server.received).toHaveLength(1)
  expect(await declined()).toBe(1)
})
