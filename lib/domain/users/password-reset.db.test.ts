import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { tokenSql } from '#db/client'
import { events } from '#db/schema/audit'
import { outgoingMails } from '#db/schema/mail'
import { accountLinks, sessions, users } from '#db/schema/users'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import type { Jobs } from '#lib/base/jobs'
import { database } from '#test/database'
import { everyText } from '#test/every-text'
import { type MadeUser, makeMember, makeOrganization } from '#test/factories'
import { mailsTo, tokenIn } from '#test/mail'
import { LINKS_PER_HOUR_MAX } from './account-links.ts'
import { countSignIn, FAILURES_PER_ACCOUNT_MAX } from './count-sign-in.ts'
import { findAccountLink } from './find-account-link.ts'
import { findSession } from './find-session.ts'
import { mailPasswordReset } from './mail-password-reset.ts'
import { hashPassword } from './passwords.ts'
import { purgeAccountLinks } from './purge-account-links.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { resetPassword } from './reset-password.ts'
import { startSession } from './start-session.ts'
import { verifySignIn } from './verify-sign-in.ts'

const OLD = 'correct horse battery'
const NEW = 'another horse entirely'
let passwordHash = ''
beforeAll(async () => {
  passwordHash = await hashPassword(OLD)
  setEnvironment(readEnvironment({ PUBLIC_URL: 'https://id.example.com' }))
})

let last = 0
const somewhere = () => {
  last += 1
  const ip = `2001:db8:${last.toString(16)}:${process.pid.toString(16)}::7`
  return {
    ip,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    requestId: 'test',
  }
}

async function someone(): Promise<MadeUser & { homeOrganizationId: string }> {
  const organization = await makeOrganization({ name: 'Northwind Trading' })
  const user = await makeMember(organization)
  await database()
    .update(users)
    .set({ passwordHash, homeOrganizationId: organization.id })
    .where(eq(users.id, user.id))
  return { ...user, homeOrganizationId: organization.id }
}

/** Asks for a link and does the job that was left, as the worker would. */
async function ask(login: string, visitor = somewhere()): Promise<Jobs['mail-password-reset']> {
  await requestPasswordReset(visitor, { login })
  const [job] = await tokenSql()<{ told: Jobs['mail-password-reset'] }[]>`
    select j.payload as told from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'mail-password-reset' order by j.id desc limit 1`
  if (!job) throw new Error('No job was left.')
  await mailPasswordReset(job.told)
  return job.told
}
const linkFor = async (user: MadeUser) => {
  await ask(user.username)
  return tokenIn((await mailsTo(user.email))[0])
}
const sessionOf = async (user: MadeUser) =>
  (await startSession({}, { userId: user.id, authenticationMethods: ['pwd'] })).sessionId
const signIn = (user: MadeUser, password: string) =>
  verifySignIn(somewhere(), { login: user.username, password })

describe('asking for a link', () => {
  it('mails one to the account’s address, by username or e-mail address in any case, saying where it was asked', async () => {
    const user = await someone()
    const visitor = somewhere()
    await ask(user.username.toUpperCase(), visitor)
    await ask(` ${user.email.toUpperCase()} `)
    const mails = await mailsTo(user.email)
    expect(mails.map(({ kind }) => kind)).toEqual(['password-reset', 'password-reset'])
    expect(mails[1]?.text).toContain(`Hello ${user.fullName},`)
    expect(mails[1]?.text).toContain(`from ${visitor.ip} (Firefox, Linux)`)
    expect(mails[1]?.path).toMatch(/^\/reset-password\?token=[\w-]{43}$/)
    const [event] = await database()
      .select()
      .from(events)
      .where(and(eq(events.subjectId, user.id), eq(events.name, 'user.password-reset-requested')))
      .orderBy(events.id)
    expect(event).toMatchObject({ rootOrganizationId: user.homeOrganizationId, ip: visitor.ip })
  })

  it('does the same for nobody, for an account that is deactivated, and for one that ended: no mail tells', async () => {
    const [deactivated, ended] = await Promise.all([someone(), someone()])
    await database().update(users).set({ deactivatedAt: sql`now()` }).where(eq(users.id, deactivated.id))
    await database().update(users).set({ endedAt: sql`now()` }).where(eq(users.id, ended.id))
    const before = await database().$count(outgoingMails)
    const told = [
      await ask('nobody-of-that-name'),
      await ask('nobody@example.com'),
      await ask(deactivated.username),
      await ask(ended.email),
    ]
    expect(told.map(({ userId }) => userId)).toEqual([null, null, deactivated.id, null])
    expect(await database().$count(outgoingMails)).toBe(before)
    expect(await database().$count(accountLinks, eq(accountLinks.userId, deactivated.id))).toBe(0)
  })

  it('is refused after so many tries for one login, known or not, however many come at once', async () => {
    const user = await someone()
    for (const login of [user.username, `ghost-${user.username}`]) {
      const tries = Array.from({ length: FAILURES_PER_ACCOUNT_MAX + 3 }, () =>
        requestPasswordReset(somewhere(), { login }),
      )
      const results = await Promise.allSettled(tries)
      const refused = results.filter((result) => result.status === 'rejected')
      expect(refused.map(({ reason }) => reason.code)).toEqual(Array(3).fill('limit-reached'))
    }
    // Whoever asks for links keeps nobody from signing in.
    await expect(signIn(user, OLD)).resolves.toMatchObject({ userId: user.id })
    expect(await countSignIn({ account: `person ${user.id}` })).toBe(0)
  })

  it('fills nobody’s mailbox: a handful within an hour, and the first stays good', async () => {
    const user = await someone()
    const first = await linkFor(user)
    for (let asked = 0; asked < LINKS_PER_HOUR_MAX + 2; asked += 1) await ask(user.email)
    expect(await mailsTo(user.email)).toHaveLength(LINKS_PER_HOUR_MAX)
    expect(await findAccountLink(first, 'password-reset')).toMatchObject({ userId: user.id })
  })

  it('refuses an empty and an endless login before any work', async () => {
    await expect(requestPasswordReset({}, { login: ' ' })).rejects.toMatchObject({
      code: 'invalid',
      fields: { login: expect.any(String) },
    })
    await expect(requestPasswordReset({}, { login: 'x'.repeat(1_000_000) })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('makes its link from PUBLIC_URL, and keeps it nowhere in the plain [P133]', async () => {
    const user = await someone()
    const token = await linkFor(user)
    const [mail] = await mailsTo(user.email)
    expect(mail?.text).toContain(`\nhttps://id.example.com/reset-password?token=${token}\n`)
    const everything = await everyText()
    expect(everything.some(({ text }) => text.includes(user.email))).toBe(true)
    expect(everything.filter(({ text }) => text.includes(token))).toEqual([])
  })
})

describe('choosing a new password by a link', () => {
  it('changes it once, ends every session and every other link, and tells by mail', async () => {
    const user = await someone()
    const [browser, phone] = [await sessionOf(user), await sessionOf(user)]
    const [other, token] = [await linkFor(user), await linkFor(user)]
    const visitor = somewhere()
    await resetPassword(visitor, { token, newPassword: NEW })

    expect(await findSession(browser)).toBeNull()
    expect(await findSession(phone)).toBeNull()
    const ended = await database().select().from(sessions).where(eq(sessions.userId, user.id))
    expect(ended.map(({ endedReason }) => endedReason)).toEqual(['password-changed', 'password-changed'])
    await expect(signIn(user, OLD)).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(signIn(user, NEW)).resolves.toMatchObject({ userId: user.id })
    for (const spent of [token, other]) {
      await expect(resetPassword(visitor, { token: spent, newPassword: OLD })).rejects.toMatchObject({
        code: 'expired',
      })
    }
    const [mail] = await mailsTo(user.email)
    expect(mail).toMatchObject({ kind: 'password-changed' })
    expect(mail?.text).toContain(visitor.ip)
    const [event] = await database()
      .select()
      .from(events)
      .where(and(eq(events.subjectId, user.id), eq(events.name, 'user.password-reset')))
    expect(event).toMatchObject({
      rootOrganizationId: user.homeOrganizationId,
      ip: visitor.ip,
      details: { endedSessions: 2 },
    })
  })

  it('is done by one of many who follow the same link at once', async () => {
    const user = await someone()
    const token = await linkFor(user)
    const tries = Array.from({ length: 6 }, (_, at) =>
      resetPassword(somewhere(), { token, newPassword: `${NEW} ${at}` }),
    )
    const results = await Promise.allSettled(tries)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const winner = results.findIndex(({ status }) => status === 'fulfilled')
    await expect(signIn(user, `${NEW} ${winner}`)).resolves.toMatchObject({ userId: user.id })
  })

  it('changes nothing when the link is only looked at, however often', async () => {
    const user = await someone()
    const session = await sessionOf(user)
    const token = await linkFor(user)
    for (let looked = 0; looked < 3; looked += 1) {
      expect(await findAccountLink(token, 'password-reset')).toMatchObject({ username: user.username })
    }
    expect(await findSession(session)).not.toBeNull()
    await expect(signIn(user, OLD)).resolves.toMatchObject({ userId: user.id })
    await resetPassword(somewhere(), { token, newPassword: NEW })
  })

  it('is refused after half an hour, by a made-up link, by one of another kind, and to a deactivated account', async () => {
    const [late, away] = [await someone(), await someone()]
    const [expired, held] = [await linkFor(late), await linkFor(away)]
    await database()
      .update(accountLinks)
      .set({ expiresAt: sql`expires_at - interval '31 minutes'` })
      .where(eq(accountLinks.userId, late.id))
    await database().update(users).set({ deactivatedAt: sql`now()` }).where(eq(users.id, away.id))
    expect(await findAccountLink(held, 'password-reset')).toBeUndefined()
    expect(await findAccountLink(held, 'email-change')).toBeUndefined()
    for (const token of [expired, held, '', 'A'.repeat(43), 'x'.repeat(100_000), ['no', 'text'] as never]) {
      await expect(resetPassword(somewhere(), { token, newPassword: NEW })).rejects.toMatchObject({
        code: 'expired',
      })
    }
    await expect(signIn(late, OLD)).resolves.toMatchObject({ userId: late.id })
  })

  it('refuses a weak password under its field and leaves the link good', async () => {
    const user = await someone()
    const token = await linkFor(user)
    await expect(resetPassword(somewhere(), { token, newPassword: 'too short' })).rejects.toMatchObject({
      code: 'invalid',
      fields: { newPassword: 'A password has at least 12 characters.' },
    })
    await resetPassword(somewhere(), { token, newPassword: NEW })
  })

  it('forgives the failed sign-ins that kept the account out', async () => {
    const user = await someone()
    await Promise.allSettled(
      Array.from({ length: FAILURES_PER_ACCOUNT_MAX + 1 }, () => signIn(user, 'half remembered')),
    )
    await expect(signIn(user, OLD)).rejects.toMatchObject({ code: 'limit-reached' })
    await resetPassword(somewhere(), { token: await linkFor(user), newPassword: NEW })
    await expect(signIn(user, NEW)).resolves.toMatchObject({ userId: user.id })
  })
})

it('deletes links that expired a day ago, and none that could still count', async () => {
  const [old, recent] = [await someone(), await someone()]
  await linkFor(old)
  await linkFor(recent)
  await database()
    .update(accountLinks)
    .set({ expiresAt: sql`now() - interval '25 hours'` })
    .where(eq(accountLinks.userId, old.id))
  await Promise.all([purgeAccountLinks(), purgeAccountLinks()])
  expect(await database().$count(accountLinks, eq(accountLinks.userId, old.id))).toBe(0)
  expect(await database().$count(accountLinks, eq(accountLinks.userId, recent.id))).toBeGreaterThan(0)
})
