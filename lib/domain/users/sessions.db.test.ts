import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { sessions, users } from '#db/schema/users'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { openSession, sealSession, sessionCookieName, sessionIdInCookies } from '#lib/base/session-cookie'
import { as } from '#test/actors'
import { database } from '#test/database'
import { type MadeUser, makeUser } from '#test/factories'
import { endSession } from './end-session.ts'
import { findSession } from './find-session.ts'
import { startSession } from './start-session.ts'

setEnvironment(readEnvironment({}))

const VISITOR = { ip: '203.0.113.9', userAgent: 'Browser', requestId: 'test' }
const begin = (user: MadeUser, formerSessionId?: Awaited<ReturnType<typeof startSession>>['sessionId']) =>
  startSession(VISITOR, { userId: user.id, authenticationMethods: ['pwd'], formerSessionId })

describe('a session', () => {
  it('names its person as long as it lives', async () => {
    const user = await makeUser()
    const { sessionId } = await begin(user)
    await expect(findSession(sessionId)).resolves.toMatchObject({
      userId: user.id,
      fullName: user.fullName,
      authenticationMethods: ['pwd'],
    })
    const seen = await database()
      .select()
      .from(events)
      .where(and(eq(events.name, 'session.started'), eq(events.actorUserId, user.id)))
    expect(seen).toHaveLength(1)
  })

  it('is gone at the next look once its person signed out', async () => {
    const user = await makeUser()
    const { sessionId } = await begin(user)
    await endSession(as(user), { sessionId })
    await expect(findSession(sessionId)).resolves.toBeNull()
    await endSession(as(user), { sessionId })
    const seen = await database()
      .select()
      .from(events)
      .where(and(eq(events.name, 'session.ended'), eq(events.actorUserId, user.id)))
    expect(seen).toHaveLength(1)
  })

  it('cannot be ended by somebody else, who is refused without a word', async () => {
    const [user, other] = await Promise.all([makeUser(), makeUser()])
    const { sessionId } = await begin(user)
    await endSession(as(other), { sessionId })
    await expect(findSession(sessionId)).resolves.not.toBeNull()
  })

  it.each([
    ['it expired', { expiresAt: sql`now()` }],
    ['nobody used it for a day', { lastSeenAt: sql`now() - interval '24 hours'` }],
  ])('is gone when %s', async (_why, change) => {
    const { sessionId } = await begin(await makeUser())
    await database().update(sessions).set(change).where(eq(sessions.id, sessionId))
    await expect(findSession(sessionId)).resolves.toBeNull()
  })

  it.each(['deactivatedAt', 'endedAt'] as const)(
    'is gone when its person’s account is %s',
    async (column) => {
      const user = await makeUser()
      const { sessionId } = await begin(user)
      await database()
        .update(users)
        .set({ [column]: sql`now()` })
        .where(eq(users.id, user.id))
      await expect(findSession(sessionId)).resolves.toBeNull()
      await expect(begin(user)).rejects.toMatchObject({ code: 'unauthenticated' })
    },
  )

  it('ends when somebody else signs in at the same browser [P132]', async () => {
    const [first, second] = await Promise.all([makeUser(), makeUser()])
    const before = await begin(first)
    const after = await begin(second, before.sessionId)
    await expect(findSession(before.sessionId)).resolves.toBeNull()
    await expect(findSession(after.sessionId)).resolves.toMatchObject({ userId: second.id })
  })

  it('goes on, proved anew, when the same person signs in again', async () => {
    const user = await makeUser()
    const before = await begin(user)
    await database()
      .update(sessions)
      .set({ authenticatedAt: sql`now() - interval '2 hours'` })
      .where(eq(sessions.id, before.sessionId))
    const after = await begin(user, before.sessionId)
    expect(after.sessionId).toBe(before.sessionId)
    const found = await findSession(after.sessionId)
    expect(Date.now() - (found?.authenticatedAt.getTime() ?? 0)).toBeLessThan(3_600_000)
  })

  it('is not revived by signing in again once it ended', async () => {
    const user = await makeUser()
    const before = await begin(user)
    await endSession(as(user), { sessionId: before.sessionId })
    const after = await begin(user, before.sessionId)
    expect(after.sessionId).not.toBe(before.sessionId)
    await expect(findSession(before.sessionId)).resolves.toBeNull()
  })

  it('notes that it was seen, but not at every look', async () => {
    const { sessionId } = await begin(await makeUser())
    const seenAt = async () =>
      (
        await database().select({ at: sessions.lastSeenAt }).from(sessions).where(eq(sessions.id, sessionId))
      )[0]?.at.getTime() ?? 0
    const started = await seenAt()
    await findSession(sessionId)
    expect(await seenAt()).toBe(started)
    await database()
      .update(sessions)
      .set({ lastSeenAt: sql`now() - interval '6 minutes'` })
      .where(eq(sessions.id, sessionId))
    await findSession(sessionId)
    expect(await seenAt()).toBeGreaterThanOrEqual(started)
  })
})

describe('the session cookie', () => {
  it('carries the id sealed, and only what we sealed opens', async () => {
    const { sessionId } = await begin(await makeUser())
    const sealed = await sealSession(sessionId, 60)
    expect(sealed).not.toContain(sessionId)
    await expect(openSession(sealed)).resolves.toBe(sessionId)
    await expect(openSession(`${sealed.slice(0, -4)}AAAA`)).resolves.toBeNull()
    await expect(openSession('eyJhbGciOiJub25lIn0.eyJzZXNzaW9uSWQiOiJzZXNfMSJ9.')).resolves.toBeNull()
    await expect(openSession(await sealSession(sessionId, -60))).resolves.toBeNull()
  })

  it('is found among the others of a request, and missing where it is missing', async () => {
    const { sessionId } = await begin(await makeUser())
    const sealed = await sealSession(sessionId, 60)
    await expect(sessionIdInCookies(`theme=dark; ${sessionCookieName()}=${sealed}; x=1`)).resolves.toBe(
      sessionId,
    )
    await expect(sessionIdInCookies('theme=dark')).resolves.toBeNull()
    await expect(sessionIdInCookies(null)).resolves.toBeNull()
  })
})
