import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import { type Id, newId } from '#lib/base/ids'
import { as, asApp, asThrough, SYSTEM } from '#test/actors'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { database } from '#test/database'
import { type MadeOrganization, makeApp, makeMember, makeMembership, makeOrganization } from '#test/factories'
import { getApp } from '../connected-apps/get-app.ts'
import { findSession } from '../users/find-session.ts'
import { settleHome } from '../users/settle-home.ts'
import { startSession } from '../users/start-session.ts'
import { deactivateUser } from './deactivate-user.ts'
import { reactivateUser } from './reactivate-user.ts'

/** A member whose home this organization is. */
async function makeNative(root: MadeOrganization, role: 'administrator' | 'developer' | 'member' = 'member') {
  const person = await makeMember(root, role)
  await database().transaction((tx) => settleHome(tx, person.id, root.id))
  return person
}
const signIn = (userId: Id<'user'>) => startSession({}, { userId, authenticationMethods: ['pwd'] })
const eventsAbout = async (userId: Id<'user'>) => {
  const rows = await database().select().from(events).where(eq(events.subjectId, userId)).orderBy(events.id)
  return rows.map((row) => row.name).filter((name) => name.startsWith('user.'))
}

describe('deactivating an account', () => {
  it('signs the person out everywhere, refuses sign-in and takes every right, until it is reactivated [P128]', async () => {
    const root = await makeOrganization()
    const ana = await makeNative(root, 'administrator')
    const app = await makeApp({ organization: root })
    const { sessionId } = await signIn(ana.id)
    await deactivateUser(as(root.owner), { userId: ana.id })
    expect(await findSession(sessionId)).toBeNull()
    await expect(signIn(ana.id)).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(getApp(as(ana), app.id)).rejects.toMatchObject({ code: 'forbidden' })

    await reactivateUser(as(root.owner), { userId: ana.id })
    expect(await findSession(sessionId)).toBeNull()
    expect(await findSession((await signIn(ana.id)).sessionId)).toMatchObject({ userId: ana.id })
    expect(await getApp(as(ana), app.id)).toMatchObject({ id: app.id })
    expect(await eventsAbout(ana.id)).toEqual(['user.deactivated', 'user.reactivated'])
  })

  it('holds back what apps hold for the person and moves no app: both are theirs again afterwards [P13]', async () => {
    const root = await makeOrganization()
    const ana = await makeNative(root, 'developer')
    const own = await makeApp({ organization: root, ownerId: ana.id })
    await makeTokenFamily(await makeAuthorization(ana, own, root), own)
    await deactivateUser(as(root.owner), { userId: ana.id })
    expect(await countLive(own, root)).toEqual({ people: 1, tokens: 0 })
    await reactivateUser(as(root.owner), { userId: ana.id })
    expect(await countLive(own, root)).toEqual({ people: 1, tokens: 2 })
    const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, own.id))
    expect(row).toMatchObject({ ownerId: ana.id, version: 1, rotationDueSince: null })
  })

  it('changes nothing the second time', async () => {
    const root = await makeOrganization()
    const ana = await makeNative(root)
    await reactivateUser(as(root.owner), { userId: ana.id })
    await Promise.all([1, 2, 3].map(() => deactivateUser(as(root.owner), { userId: ana.id })))
    expect(await eventsAbout(ana.id)).toEqual(['user.deactivated'])
  })

  it('lets no session begin at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const root = await makeOrganization()
      const ana = await makeNative(root)
      const [, signedIn] = await Promise.allSettled([
        deactivateUser(as(root.owner), { userId: ana.id }),
        signIn(ana.id),
      ])
      await reactivateUser(as(root.owner), { userId: ana.id })
      if (signedIn.status === 'fulfilled') expect(await findSession(signedIn.value.sessionId)).toBeNull()
    }
  })
})

describe('deactivating an account is refused', () => {
  it('for the owner of a root organization, whose name is said only at home, and for an operator [P15]', async () => {
    const home = await makeOrganization({ name: 'Acme' })
    const ana = await makeNative(home, 'administrator')
    await makeOrganization({ name: 'Secret venture', owner: ana })
    await expect(deactivateUser(as(home.owner), { userId: ana.id })).rejects.toMatchObject({
      code: 'conflict',
      sentence: `${ana.fullName} owns another organization. Name another owner first.`,
    })
    await database().transaction((tx) => settleHome(tx, home.owner.id, home.id))
    await expect(deactivateUser(as(ana), { userId: home.owner.id })).rejects.toMatchObject({
      code: 'conflict',
      sentence: `${home.owner.fullName} owns Acme. Name another owner first.`,
    })
    const operator = await makeNative(home)
    await database().update(users).set({ operatorSince: new Date() }).where(eq(users.id, operator.id))
    await expect(deactivateUser(as(home.owner), { userId: operator.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await eventsAbout(operator.id)).toEqual([])
  })

  it('to administrators of any organization but the person’s home, and to whoever is no administrator [P128] [AM-33]', async () => {
    const home = await makeOrganization()
    const host = await makeOrganization()
    const stranger = await makeOrganization()
    const ana = await makeNative(home)
    await makeMembership(host, ana.id, 'member')
    const input = { userId: ana.id }
    const app = await makeApp({ organization: home })
    for (const act of [deactivateUser, reactivateUser]) {
      for (const actor of [
        as(host.owner),
        as(ana),
        as(await makeMember(home)),
        asThrough(home.owner, app, ['connected-apps:write', 'people:read']),
      ]) {
        await expect(act(actor, input)).rejects.toMatchObject({ code: 'forbidden' })
      }
      const absent = { code: 'not-found', sentence: 'There is no such person here.' }
      const robot = asApp(app, ['connected-apps:write'], home)
      for (const actor of [as(stranger.owner), as(await makeMember(home, 'developer')), robot]) {
        await expect(act(actor, input)).rejects.toMatchObject(absent)
      }
      await expect(act(as(home.owner), { userId: newId('user') })).rejects.toMatchObject(absent)
      await expect(act(as(home.owner), { userId: 'ana' as Id<'user'> })).rejects.toMatchObject({
        code: 'invalid',
      })
    }
    expect(await eventsAbout(ana.id)).toEqual([])
  })

  it('to everybody but the process for an account without a home', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root)
    await makeMembership(root, ana.id, 'member')
    await expect(deactivateUser(as(root.owner), { userId: ana.id })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await deactivateUser(SYSTEM, { userId: ana.id })
    expect(await eventsAbout(ana.id)).toEqual(['user.deactivated'])
  })
})
