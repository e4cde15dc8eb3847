import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { sessions } from '#db/schema/users'
import { type Id, newId } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { database } from '#test/database'
import { makeApp, makeMember, makeMembership, makeOrganization } from '#test/factories'
import { findSession } from '../users/find-session.ts'
import { settleHome } from '../users/settle-home.ts'
import { startSession } from '../users/start-session.ts'
import { endUserSessions } from './end-user-sessions.ts'

const signIn = (userId: Id<'user'>) => startSession({}, { userId, authenticationMethods: ['pwd'] })
async function makeNative() {
  const root = await makeOrganization()
  const ana = await makeMember(root)
  await database().transaction((tx) => settleHome(tx, ana.id, root.id))
  return { root, ana }
}

describe('ending a person’s sessions', () => {
  it('signs them out of every browser and leaves what apps may do for them [P128]', async () => {
    const { root, ana } = await makeNative()
    const app = await makeApp({ organization: root })
    await makeTokenFamily(await makeAuthorization(ana, app, root), app)
    const [one, two, unused] = [await signIn(ana.id), await signIn(ana.id), await signIn(ana.id)]
    await database()
      .update(sessions)
      .set({ lastSeenAt: sql`now() - interval '2 days'` })
      .where(eq(sessions.id, unused.sessionId))
    expect(await endUserSessions(as(root.owner), { userId: ana.id })).toEqual({ ended: 2 })
    for (const { sessionId } of [one, two]) expect(await findSession(sessionId)).toBeNull()
    expect(await countLive(app, root)).toEqual({ people: 1, tokens: 2 })
    expect(await endUserSessions(as(root.owner), { userId: ana.id })).toEqual({ ended: 0 })
    const told = await database().select().from(events).where(eq(events.name, 'user.sessions-ended'))
    expect(told.filter(({ subjectId }) => subjectId === ana.id)).toMatchObject([
      { rootOrganizationId: root.id, actorUserId: root.owner.id, details: { ended: 2 } },
    ])
    expect(await findSession((await signIn(ana.id)).sessionId)).not.toBeNull()
  })

  it('is refused to everybody but administrators of the person’s home [P128]', async () => {
    const { root, ana } = await makeNative()
    const host = await makeOrganization()
    await makeMembership(host, ana.id, 'member')
    const { sessionId } = await signIn(ana.id)
    const app = await makeApp({ organization: root })
    for (const actor of [as(host.owner), as(ana), as(await makeMember(root, 'developer'))]) {
      await expect(endUserSessions(actor, { userId: ana.id })).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not-found)$/),
      })
    }
    const weak = [asThrough(root.owner, app, ['people:read']), asApp(app, ['people:read'], root)]
    for (const actor of weak) {
      await expect(endUserSessions(actor, { userId: ana.id })).rejects.toMatchObject({ code: 'forbidden' })
    }
    const { owner } = await makeOrganization()
    for (const userId of [ana.id, newId('user')]) {
      await expect(endUserSessions(as(owner), { userId })).rejects.toMatchObject({
        code: 'not-found',
        sentence: 'There is no such person here.',
      })
    }
    expect(await findSession(sessionId)).not.toBeNull()
  })
})
