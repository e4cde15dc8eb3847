import { and, desc, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { accountLinks, sessions, users } from '#db/schema/users'
import type { Id } from '#lib/base/ids'
import type { UserActor } from '#lib/domain/permissions/actor'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import { type MadeOrganization, type MadeUser, makeApp, makeMember, makeOrganization } from '#test/factories'
import { mailsTo, tokenIn } from '#test/mail'
import { LINKS_PER_HOUR_MAX } from './account-links.ts'
import { changeName } from './change-name.ts'
import { changePassword } from './change-password.ts'
import { confirmEmailChange } from './confirm-email-change.ts'
import { FAILURES_PER_ACCOUNT_MAX } from './count-sign-in.ts'
import { endOtherSessions } from './end-other-sessions.ts'
import { endSession } from './end-session.ts'
import { findSession } from './find-session.ts'
import { getOwnAccount } from './get-own-account.ts'
import { listOwnSessions } from './list-own-sessions.ts'
import { hashPassword } from './passwords.ts'
import { requestEmailChange } from './request-email-change.ts'
import { startSession } from './start-session.ts'
import { verifySignIn } from './verify-sign-in.ts'

const OLD = 'correct horse battery'
const NEW = 'another horse entirely'
let passwordHash = ''
beforeAll(async () => {
  passwordHash = await hashPassword(OLD)
})

type Someone = MadeUser & { organization: MadeOrganization; actor: UserActor & { sessionId: Id<'session'> } }

/** A person with a home and a password, signed in at a browser. */
async function someone(): Promise<Someone> {
  const organization = await makeOrganization({ name: 'Northwind Trading' })
  const user = await makeMember(organization)
  await database()
    .update(users)
    .set({ passwordHash, homeOrganizationId: organization.id })
    .where(eq(users.id, user.id))
  return { ...user, organization, actor: { ...as(user), sessionId: await sessionOf(user) } }
}
const sessionOf = async (user: MadeUser, origin = {}) =>
  (await startSession(origin, { userId: user.id, authenticationMethods: ['pwd'] })).sessionId
const rowOf = async ({ id }: MadeUser) => {
  const [row] = await database().select().from(users).where(eq(users.id, id))
  return row
}
const eventsOf = ({ id }: MadeUser, name: string) =>
  database()
    .select()
    .from(events)
    .where(and(eq(events.subjectId, id), eq(events.name, name)))
    .orderBy(desc(events.id))
const elsewhere = () => `new-${Math.random().toString(36).slice(2)}@example.com`

describe('one’s own account', () => {
  it('shows what it is, and no other', async () => {
    const user = await someone()
    expect(await getOwnAccount(user.actor)).toMatchObject({
      username: user.username,
      fullName: user.fullName,
      email: user.email,
      emailAsked: null,
      homeName: 'Northwind Trading',
    })
  })

  it('is changed by no app, neither for itself nor for the person, and not once it is deactivated', async () => {
    const user = await someone()
    const app = await makeApp({ organization: user.organization })
    const { actor: deactivated, id } = await someone()
    await database().update(users).set({ deactivatedAt: sql`now()` }).where(eq(users.id, id))
    const through = asThrough(user, app, ['openid', 'profile'])
    for (const actor of [through, asApp(app, ['openid'], user.organization), deactivated]) {
      const tries = await Promise.allSettled([
        changeName(actor, { fullName: 'Somebody Else' }),
        changePassword(actor, { currentPassword: OLD, newPassword: NEW }),
        requestEmailChange(actor, { email: elsewhere(), password: OLD }),
        confirmEmailChange(actor, { token: 'x' }),
        endOtherSessions(actor),
      ])
      const codes = new Set(tries.map((tried) => (tried.status === 'rejected' ? tried.reason.code : 'done')))
      expect([...codes]).toEqual([actor === deactivated ? 'unauthenticated' : 'forbidden'])
    }
    expect(await rowOf(user)).toMatchObject({ fullName: user.fullName, passwordHash, email: user.email })
  })
})

describe('a name', () => {
  it('is changed, told in the home’s audit log, and refused where it cannot be read', async () => {
    const user = await someone()
    await changeName(user.actor, { fullName: ' Mia Lindqvist ' })
    await changeName(user.actor, { fullName: 'Mia Lindqvist' })
    expect(await rowOf(user)).toMatchObject({ fullName: 'Mia Lindqvist' })
    const told = await eventsOf(user, 'user.name-changed')
    expect(told).toMatchObject([
      {
        rootOrganizationId: user.organization.id,
        details: { before: user.fullName, after: 'Mia Lindqvist' },
      },
    ])
    for (const fullName of [
      '',
      '   ',
      'x'.repeat(101),
      'x'.repeat(1_000_000),
      'Mia\u202etsivqdniL',
      'Mia\nLindqvist',
    ]) {
      await expect(changeName(user.actor, { fullName })).rejects.toMatchObject({
        code: 'invalid',
        fields: { fullName: expect.any(String) },
      })
    }
  })
})

describe('a password', () => {
  it('is changed by whoever knows the present one; every other browser is signed out, links end, a mail tells', async () => {
    const user = await someone()
    const phone = await sessionOf(user)
    await requestEmailChange(user.actor, { email: elsewhere(), password: OLD })
    await changePassword(user.actor, { currentPassword: OLD, newPassword: NEW })
    expect(await findSession(user.actor.sessionId)).not.toBeNull()
    expect(await findSession(phone)).toBeNull()
    expect(
      await database().select().from(accountLinks).where(eq(accountLinks.userId, user.id)),
    ).toMatchObject([{ endedAt: expect.any(Date), usedAt: null }])
    await expect(verifySignIn({}, { login: user.username, password: NEW })).resolves.toBeTruthy()
    await expect(verifySignIn({}, { login: user.username, password: OLD })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    expect((await mailsTo(user.email))[0]).toMatchObject({
      kind: 'password-changed',
      text: expect.stringContaining('from 203.0.113.7'),
    })
    expect(await eventsOf(user, 'user.password-changed')).toMatchObject([
      { rootOrganizationId: user.organization.id, details: { endedSessions: 1 } },
    ])
    expect((await rowOf(user))?.passwordChangedAt).not.toBeNull()
  })

  it('is refused under its field when the present one is wrong, the new one weak, or both are the same', async () => {
    const user = await someone()
    const attempt = (currentPassword: string, newPassword: string) =>
      changePassword(user.actor, { currentPassword, newPassword })
    await expect(attempt('not the password', NEW)).rejects.toMatchObject({
      fields: { currentPassword: 'This is not your present password.' },
    })
    await expect(attempt(OLD, 'too short')).rejects.toMatchObject({
      fields: { newPassword: expect.any(String) },
    })
    await expect(attempt(OLD, OLD)).rejects.toMatchObject({ fields: { newPassword: expect.any(String) } })
    expect(await rowOf(user)).toMatchObject({ passwordHash })
  })

  it('cannot be guessed at somebody’s open browser', async () => {
    const user = await someone()
    const tries = Array.from({ length: FAILURES_PER_ACCOUNT_MAX + 4 }, () =>
      changePassword(user.actor, { currentPassword: 'not the password', newPassword: NEW }),
    )
    const codes = (await Promise.allSettled(tries)).map((result) =>
      result.status === 'rejected' ? result.reason.code : 'changed',
    )
    expect(codes.filter((code) => code === 'invalid')).toHaveLength(FAILURES_PER_ACCOUNT_MAX)
    await expect(requestEmailChange(user.actor, { email: elsewhere(), password: OLD })).rejects.toMatchObject(
      { code: 'limit-reached' },
    )
  })

  it('is changed once when two browsers change it at the same moment', async () => {
    const user = await someone()
    const results = await Promise.allSettled(
      [`${NEW} one`, `${NEW} two`].map((newPassword) =>
        changePassword(user.actor, { currentPassword: OLD, newPassword }),
      ),
    )
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('an e-mail address', () => {
  it('changes when the link in the new mailbox is confirmed, and the former address is told', async () => {
    const user = await someone()
    const email = elsewhere()
    await requestEmailChange(user.actor, { email, password: OLD })
    expect(await rowOf(user)).toMatchObject({ email: user.email })
    expect(await getOwnAccount(user.actor)).toMatchObject({ emailAsked: email })
    const [mail] = await mailsTo(email)
    expect(mail?.text).not.toContain(user.fullName)
    expect(mail?.text).not.toContain(user.email)

    expect(await confirmEmailChange(user.actor, { token: tokenIn(mail) })).toEqual({ email })
    expect(await rowOf(user)).toMatchObject({ email })
    expect(await getOwnAccount(user.actor)).toMatchObject({ emailAsked: null })
    expect((await mailsTo(user.email))[0]).toMatchObject({
      kind: 'email-changed',
      text: expect.stringContaining(email),
    })
    expect(await eventsOf(user, 'user.email-changed')).toMatchObject([
      { rootOrganizationId: user.organization.id, details: { before: user.email, after: email } },
    ])
    await expect(confirmEmailChange(user.actor, { token: tokenIn(mail) })).rejects.toMatchObject({
      code: 'expired',
    })
  })

  it('gives nothing to a stranger whose mailbox it was mistyped into', async () => {
    const [user, stranger] = [await someone(), await someone()]
    const email = elsewhere()
    await requestEmailChange(user.actor, { email, password: OLD })
    const token = tokenIn((await mailsTo(email))[0])
    await expect(confirmEmailChange(stranger.actor, { token })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await rowOf(user)).toMatchObject({ email: user.email })
    expect(await rowOf(stranger)).toMatchObject({ email: stranger.email })
  })

  it('of somebody else is asked for in the same words, and its owner alone is told', async () => {
    const [user, owner] = [await someone(), await someone()]
    await expect(
      requestEmailChange(user.actor, { email: owner.email.toUpperCase(), password: OLD }),
    ).resolves.toBeUndefined()
    expect(await mailsTo(owner.email)).toMatchObject([{ kind: 'email-taken', path: undefined }])
  })

  it('that somebody else got meanwhile is refused', async () => {
    const [user, faster] = [await someone(), await someone()]
    const email = elsewhere()
    await requestEmailChange(user.actor, { email, password: OLD })
    const token = tokenIn((await mailsTo(email))[0])
    await database().update(users).set({ email }).where(eq(users.id, faster.id))
    await expect(confirmEmailChange(user.actor, { token })).rejects.toMatchObject({ code: 'conflict' })
    expect(await rowOf(user)).toMatchObject({ email: user.email })
  })

  it('is confirmed by the newest link alone, within half an hour', async () => {
    const user = await someone()
    const [first, second] = [elsewhere(), elsewhere()]
    await requestEmailChange(user.actor, { email: first, password: OLD })
    await requestEmailChange(user.actor, { email: second, password: OLD })
    const [former, newest] = [tokenIn((await mailsTo(first))[0]), tokenIn((await mailsTo(second))[0])]
    await expect(confirmEmailChange(user.actor, { token: former })).rejects.toMatchObject({ code: 'expired' })
    await database()
      .update(accountLinks)
      .set({ expiresAt: sql`expires_at - interval '31 minutes'` })
      .where(eq(accountLinks.userId, user.id))
    await expect(confirmEmailChange(user.actor, { token: newest })).rejects.toMatchObject({ code: 'expired' })
  })

  it('is refused under its field when it is none, the present one, or the password is wrong; and after several wishes', async () => {
    const user = await someone()
    const attempt = (email: string, password = OLD) => requestEmailChange(user.actor, { email, password })
    for (const email of [
      'nobody',
      'a@b',
      `${'x'.repeat(300)}@example.com`,
      'a@example.com\r\nBcc: b@example.com',
    ]) {
      await expect(attempt(email)).rejects.toMatchObject({ fields: { email: expect.any(String) } })
    }
    await expect(attempt(user.email.toUpperCase())).rejects.toMatchObject({
      fields: { email: expect.any(String) },
    })
    await expect(attempt(elsewhere(), 'not the password')).rejects.toMatchObject({
      fields: { password: expect.any(String) },
    })
    for (let asked = 0; asked < LINKS_PER_HOUR_MAX; asked += 1) await attempt(elsewhere())
    await expect(attempt(elsewhere())).rejects.toMatchObject({ code: 'limit-reached' })
  })
})

describe('where one is signed in', () => {
  it('lists live sessions, this one first, with what is known of each', async () => {
    const user = await someone()
    const phone = await sessionOf(user, { ip: '198.51.100.9', userAgent: 'Telephone/1' })
    const gone = await sessionOf(user)
    await endSession(user.actor, { sessionId: gone })
    const listed = await listOwnSessions(user.actor)
    expect(listed).toMatchObject([
      { sessionId: user.actor.sessionId, isThisOne: true },
      { sessionId: phone, isThisOne: false, ip: '198.51.100.9', userAgent: 'Telephone/1' },
    ])
    expect(await listOwnSessions((await someone()).actor)).toHaveLength(1)
  })

  it('ends all but this one, and nobody else’s', async () => {
    const [user, other] = [await someone(), await someone()]
    await Promise.all([sessionOf(user), sessionOf(user)])
    expect(await endOtherSessions(user.actor)).toEqual({ ended: 2 })
    expect(await endOtherSessions(user.actor)).toEqual({ ended: 0 })
    expect(await listOwnSessions(user.actor)).toHaveLength(1)
    expect(await findSession(other.actor.sessionId)).not.toBeNull()
    expect(await eventsOf(user, 'session.others-ended')).toMatchObject([{ details: { ended: 2 } }])
    const live = await database()
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, user.id), sql`ended_at is null`))
    expect(live.map(({ id }) => id)).toEqual([user.actor.sessionId])
  })
})
