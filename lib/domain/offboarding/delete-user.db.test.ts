import { and, eq, isNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships, organizations } from '#db/schema/organizations'
import { sessions, users } from '#db/schema/users'
import type { Id } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { as, asApp, asThrough, SYSTEM } from '#test/actors'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { database } from '#test/database'
import {
  type MadeOrganization,
  makeApp,
  makeMember,
  makeMembership,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { tokenSentTo } from '#test/outbox'
import { updateApp } from '../connected-apps/update-app.ts'
import { acceptInvitation } from '../people/accept-invitation.ts'
import { sendInvitations } from '../people/send-invitations.ts'
import { settleHome } from '../users/settle-home.ts'
import { startSession } from '../users/start-session.ts'
import { deleteUser } from './delete-user.ts'

async function makeNative(root: MadeOrganization, role: 'administrator' | 'developer' | 'member' = 'member') {
  const person = await makeMember(root, role)
  await database().transaction((tx) => settleHome(tx, person.id, root.id))
  return person
}
const userRow = async (userId: Id<'user'>) => {
  const [row] = await database().select().from(users).where(eq(users.id, userId))
  return row
}
const appRow = async (appId: Id<'app'>) => {
  const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, appId))
  return row
}

/** What whoever means it sends. */
const named = (person: { id: Id<'user'>; username: string }) => ({
  userId: person.id,
  confirmation: person.username,
})

describe('deleting an account', () => {
  it('ends it with its places, its sessions and what it authorized, everywhere [P8] [AM-6]', async () => {
    const [home, host] = [await makeOrganization(), await makeOrganization()]
    const ana = await makeNative(home, 'administrator')
    await makeMembership(host, ana.id, 'developer')
    await database().update(users).set({ passwordHash: 'a hash' }).where(eq(users.id, ana.id))
    const { sessionId } = await startSession({}, { userId: ana.id, authenticationMethods: ['pwd'] })
    const app = await makeApp({ organization: home, audience: 'everyone' })
    for (const place of [home, host]) {
      await makeTokenFamily(await makeAuthorization(ana, app, place), app)
    }

    await deleteUser(as(home.owner), named(ana))

    expect(await userRow(ana.id)).toMatchObject({
      endedAt: expect.any(Date),
      endedReason: 'deleted',
      passwordHash: null,
    })
    const places = await database().select().from(memberships).where(eq(memberships.userId, ana.id))
    expect(places.map((place) => [place.endedBy, place.endedReason])).toEqual([
      [home.owner.id, 'account-ended'],
      [home.owner.id, 'account-ended'],
    ])
    const [session] = await database().select().from(sessions).where(eq(sessions.id, sessionId))
    expect(session).toMatchObject({ endedAt: expect.any(Date), endedReason: 'account-ended' })
    for (const place of [home, host]) expect(await countLive(app, place)).toEqual({ people: 0, tokens: 0 })
    const about = await database().select().from(events).where(eq(events.subjectId, ana.id))
    expect(about.map((event) => `${event.name} ${event.rootOrganizationId}`).sort()).toEqual(
      [
        `membership.ended ${home.id}`,
        `membership.ended ${host.id}`,
        `session.started ${home.id}`,
        `user.deleted ${home.id}`,
      ].sort(),
    )
  })

  it('moves every app they own, each to the owner of its own root organization [P8] [P14]', async () => {
    const [home, host] = [await makeOrganization(), await makeOrganization()]
    const ana = await makeNative(home, 'developer')
    await makeMembership(host, ana.id, 'developer')
    for (const organization of [home, host]) await makeApp({ organization, ownerId: ana.id })
    expect(await deleteUser(as(home.owner), named(ana))).toEqual({ movedApps: 2 })
    for (const place of [home, host]) {
      const moves = await database()
        .select()
        .from(events)
        .where(and(eq(events.rootOrganizationId, place.id), eq(events.name, 'connected-app.owner-changed')))
      expect(moves).toMatchObject([
        {
          details: {
            previousOwner: ana.fullName,
            newOwner: place.owner.fullName,
            trigger: 'account-ended',
          },
        },
      ])
      expect(await appRow(moves[0]?.appId as Id<'app'>)).toMatchObject({
        ownerId: place.owner.id,
        createdBy: ana.id,
        rotationDueSince: expect.any(Date),
      })
    }
  })

  it('frees username and e-mail address', async () => {
    const home = await makeOrganization()
    const ana = await makeNative(home)
    await deleteUser(as(home.owner), named(ana))
    const next = await makeUser({ username: ana.username, email: ana.email })
    expect(await userRow(next.id)).toMatchObject({ username: ana.username, endedAt: null })
  })

  it('happens once: the second time there is nobody', async () => {
    const home = await makeOrganization()
    const ana = await makeNative(home)
    const outcomes = await Promise.allSettled([1, 2].map(() => deleteUser(as(home.owner), named(ana))))
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(deleteUser(as(home.owner), named(ana))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('deleting an account is refused', () => {
  it('without the username of the person: a wrong id deletes nobody', async () => {
    const home = await makeOrganization()
    const [ana, ben] = [await makeNative(home), await makeNative(home)]
    for (const confirmation of ['', ana.fullName, ben.username, `${ana.username}x`]) {
      await expect(deleteUser(as(home.owner), { userId: ana.id, confirmation })).rejects.toMatchObject({
        code: 'invalid',
        fields: { confirmation: `Type ${ana.username} to delete the account.` },
      })
    }
    expect(await userRow(ana.id)).toMatchObject({ endedAt: null })
    await deleteUser(as(home.owner), { userId: ana.id, confirmation: ` ${ana.username} ` })
    expect(await userRow(ana.id)).toMatchObject({ endedReason: 'deleted' })
  })

  it('to tokens without its own scope, and to one traded for a password', async () => {
    const home = await makeOrganization()
    const ana = await makeNative(home)
    await database()
      .update(organizations)
      .set({ allowsPasswordTokens: true })
      .where(eq(organizations.id, home.id))
    const app = await makeApp({ organization: home })
    for (const actor of [
      { ...as(home.owner), byPassword: true } as const,
      asThrough(home.owner, app, ['people:read', 'people:write']),
      asApp(app, ['people:read', 'people:write'], home),
    ]) {
      await expect(deleteUser(actor, named(ana))).rejects.toMatchObject({ code: 'forbidden' })
    }
    await deleteUser(asApp(app, ['people:delete'], home), named(ana))
    expect(await userRow(ana.id)).toMatchObject({ endedReason: 'deleted' })
  })

  it('for the owner of a root organization, and nothing of it happens [P15] [AM-5]', async () => {
    const home = await makeOrganization({ name: 'Acme' })
    const other = await makeMember(home, 'administrator')
    await database().transaction((tx) => settleHome(tx, home.owner.id, home.id))
    for (const actor of [as(home.owner), as(other), SYSTEM]) {
      await expect(deleteUser(actor, named(home.owner))).rejects.toMatchObject({
        code: 'conflict',
        sentence: `${home.owner.fullName} owns Acme. Name another owner first.`,
      })
    }
    expect(await userRow(home.owner.id)).toMatchObject({ endedAt: null })
  })

  it('for an operator, whose office is handed over first', async () => {
    const home = await makeOrganization()
    const operator = await makeNative(home)
    await database().update(users).set({ operatorSince: new Date() }).where(eq(users.id, operator.id))
    await expect(deleteUser(as(home.owner), named(operator))).rejects.toMatchObject({
      code: 'conflict',
      sentence: `${operator.fullName} runs this deployment. Name another operator first.`,
    })
  })

  it('to administrators of an organization where the person is a guest, and to strangers [P128]', async () => {
    const [home, host, stranger] = [
      await makeOrganization(),
      await makeOrganization(),
      await makeOrganization(),
    ]
    const ana = await makeNative(home)
    await makeMembership(host, ana.id, 'administrator')
    const developer = await makeMember(home, 'developer')
    await expect(deleteUser(as(host.owner), named(ana))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(deleteUser(as(ana), named(ana))).rejects.toMatchObject({ code: 'forbidden' })
    for (const actor of [as(stranger.owner), as(developer)]) {
      await expect(deleteUser(actor, named(ana))).rejects.toMatchObject({ code: 'not-found' })
    }
    expect(await userRow(ana.id)).toMatchObject({ endedAt: null })
  })
})

describe('at the same moment', () => {
  it('whoever is given a place, an app or a session ends up with all of it ended, or is not deleted', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [home, host] = [await makeOrganization(), await makeOrganization()]
      const ana = await makeNative(home, 'developer')
      const app = await makeApp({ organization: home })
      await sendInvitations(as(host.owner), {
        organizationId: host.id,
        emails: [ana.email],
        role: 'developer',
      })
      const token = await tokenSentTo(ana.email, 'invitation')
      const outcomes = await Promise.allSettled([
        deleteUser(as(home.owner), named(ana)),
        acceptInvitation(as(ana), { token }),
        updateApp(as(home.owner), { appId: app.id, version: 1, ownerId: ana.id }),
        startSession({}, { userId: ana.id, authenticationMethods: ['pwd'] }),
      ])
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(isRefusal(outcome.reason)).toBe(true)
      }
      // Given a place elsewhere while it was being deleted: the person who asked tries again.
      if (outcomes[0].status === 'rejected') await deleteUser(as(home.owner), named(ana))
      expect((await appRow(app.id))?.ownerId).toBe(home.owner.id)
      const places = await database()
        .select()
        .from(memberships)
        .where(and(eq(memberships.userId, ana.id), isNull(memberships.endedAt)))
      const signedIn = await database()
        .select()
        .from(sessions)
        .where(and(eq(sessions.userId, ana.id), isNull(sessions.endedAt)))
      expect([...places, ...signedIn]).toEqual([])
    }
  })
})
