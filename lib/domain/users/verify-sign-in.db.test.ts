import { desc, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { signInThrottles, users } from '#db/schema/users'
import { database } from '#test/database'
import { type MadeUser, makeUser } from '#test/factories'
import { countSignIn, FAILURES_PER_ACCOUNT_MAX, FAILURES_PER_ADDRESS_MAX } from './count-sign-in.ts'
import { hashPassword } from './passwords.ts'
import { verifySignIn } from './verify-sign-in.ts'

const PASSWORD = 'correct horse battery'
let passwordHash = ''
beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD)
})

/** A person who can sign in, at an address of their own. */
async function someone(): Promise<MadeUser> {
  const user = await makeUser()
  await database().update(users).set({ passwordHash }).where(eq(users.id, user.id))
  return user
}
let last = 0
const somewhere = () => {
  last += 1
  return { ip: `2001:db8:${last.toString(16)}:${process.pid.toString(16)}::1`, requestId: 'test' }
}
const attempt = (login: string, password = 'a wrong password', visitor = somewhere()) =>
  verifySignIn(visitor, { login, password })
const codeOf = (result: PromiseSettledResult<unknown>) =>
  result.status === 'rejected' ? (result.reason as { code: string }).code : 'let in'

describe('a sign-in', () => {
  it('is let in by username or by e-mail address, in any case', async () => {
    const user = await someone()
    await expect(attempt(user.username.toUpperCase(), PASSWORD)).resolves.toMatchObject({ userId: user.id })
    await expect(attempt(` ${user.email.toUpperCase()} `, PASSWORD)).resolves.toMatchObject({
      userId: user.id,
    })
  })

  it('is refused in the same words for a wrong password, an unknown login, a deactivated account and one without a password', async () => {
    const [known, deactivated, ended] = await Promise.all([someone(), someone(), someone()])
    const without = await makeUser()
    await database().update(users).set({ deactivatedAt: sql`now()` }).where(eq(users.id, deactivated.id))
    await database().update(users).set({ endedAt: sql`now()` }).where(eq(users.id, ended.id))
    const refused = await Promise.allSettled([
      attempt(known.username),
      attempt('nobody-of-that-name', PASSWORD),
      attempt('nobody@example.com', PASSWORD),
      attempt(deactivated.username, PASSWORD),
      attempt(ended.username, PASSWORD),
      attempt(without.username, PASSWORD),
    ])
    const words = refused.map((result) => (result.status === 'rejected' ? result.reason.sentence : 'let in'))
    expect(new Set(words)).toEqual(
      new Set(['This username and password do not go together. Check both and try again.']),
    )
  })

  it('leaves an event when it is refused, without the password or the login of nobody', async () => {
    const typedByMistake = 'my-secret-passphrase'
    await expect(attempt(typedByMistake)).rejects.toMatchObject({ code: 'unauthenticated' })
    const [event] = await database()
      .select()
      .from(events)
      .where(eq(events.name, 'session.refused'))
      .orderBy(desc(events.id))
      .limit(1)
    expect(event?.subjectName).toBe('an unknown account')
    expect(JSON.stringify(event)).not.toContain(typedByMistake)
  })

  it('refuses empty and endless input before any work', async () => {
    await expect(attempt('', '')).rejects.toMatchObject({
      code: 'invalid',
      fields: { login: expect.any(String), password: expect.any(String) },
    })
    await expect(attempt('someone', 'x'.repeat(2000))).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('throttling', () => {
  it('lets exactly so many wrong passwords through for one account, however many come at once and from wherever', async () => {
    const user = await someone()
    const tries = Array.from({ length: FAILURES_PER_ACCOUNT_MAX + 8 }, (_, at) =>
      attempt(at % 2 ? user.username : user.email),
    )
    const codes = (await Promise.allSettled(tries)).map(codeOf)
    expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(FAILURES_PER_ACCOUNT_MAX)
    expect(codes.filter((code) => code === 'limit-reached')).toHaveLength(8)
    await expect(attempt(user.username, PASSWORD)).rejects.toMatchObject({
      code: 'limit-reached',
      sentence: 'Too many attempts to sign in. Try again in 15 minutes.',
    })
  })

  it('counts a login that names nobody the same way', async () => {
    const login = `ghost-${Date.now()}`
    const tries = Array.from({ length: FAILURES_PER_ACCOUNT_MAX + 2 }, () => attempt(login))
    const codes = (await Promise.allSettled(tries)).map(codeOf)
    expect(codes.filter((code) => code === 'limit-reached')).toHaveLength(2)
  })

  it('cannot be used up for somebody else by typing what it counts by', async () => {
    const user = await someone()
    for (const login of [user.id, `person ${user.id}`, 'user codes from 192.0.2.77']) {
      await Promise.allSettled(Array.from({ length: FAILURES_PER_ACCOUNT_MAX + 1 }, () => attempt(login)))
    }
    await expect(attempt(user.username, PASSWORD)).resolves.toMatchObject({ userId: user.id })
    expect(await countSignIn({ account: 'user codes from 192.0.2.77' })).toBe(0)
  })

  it('ends with its window', async () => {
    const user = await someone()
    await Promise.allSettled(
      Array.from({ length: FAILURES_PER_ACCOUNT_MAX + 1 }, () => attempt(user.username)),
    )
    await database()
      .update(signInThrottles)
      .set({ windowStartedAt: sql`window_started_at - interval '15 minutes'` })
    await expect(attempt(user.username, PASSWORD)).resolves.toMatchObject({ userId: user.id })
  })

  it('begins anew after a right password', async () => {
    const user = await someone()
    for (const round of [1, 2]) {
      await Promise.allSettled(
        Array.from({ length: FAILURES_PER_ACCOUNT_MAX - 1 }, () => attempt(user.username)),
      )
      await expect(attempt(user.username, PASSWORD), `round ${round}`).resolves.toMatchObject({
        userId: user.id,
      })
    }
  })

  it('holds for one address whatever accounts it tries, and takes neighbours in one IPv6 network for one', async () => {
    const network = `2001:db8:ffff:${process.pid.toString(16)}`
    const key = await import('../../base/secrets.ts').then(({ hashToken }) => hashToken(`ip:${network}`))
    await attempt('someone-else', 'a wrong password', { ip: `${network}::1`, requestId: 'test' }).catch(
      () => undefined,
    )
    await database()
      .update(signInThrottles)
      .set({ failures: FAILURES_PER_ADDRESS_MAX })
      .where(eq(signInThrottles.keyHash, key))
    const user = await someone()
    const neighbour = { ip: `${network}:1:2:3:4`, requestId: 'test' }
    await expect(attempt(user.username, PASSWORD, neighbour)).rejects.toMatchObject({ code: 'limit-reached' })
    await expect(attempt(user.username, PASSWORD)).resolves.toMatchObject({ userId: user.id })
  })
})
