import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { appSecrets, bulkRotations, connectedApps } from '#db/schema/connected-apps'
import { users } from '#db/schema/users'
import type { Id } from '#lib/base/ids'
import { as, asThrough } from '#test/actors'
import { database } from '#test/database'
import { type MadeApp, makeApp, makeMember, makeOrganization } from '#test/factories'
import { changeRole } from '../offboarding/change-role.ts'
import { deleteUser } from '../offboarding/delete-user.ts'
import { removeMember } from '../offboarding/remove-member.ts'
import { changeOwnerOfApps } from './change-owner-of-apps.ts'
import { dismissRotationMark } from './dismiss-rotation-mark.ts'
import { forgetSecrets } from './forget-secrets.ts'
import { getApp } from './get-app.ts'
import { getRotationDue } from './get-rotation-due.ts'
import { listOwnedApps } from './list-owned-apps.ts'
import { rotateMany } from './rotate-many.ts'
import { rotateSecret } from './rotate-secret.ts'
import { startBulkRotation } from './start-bulk-rotation.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'
import { updateApp } from './update-app.ts'

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

/** A developer at home here, with one app. */
async function makeOwner() {
  const root = await makeOrganization()
  const ada = await makeMember(root, 'developer', { fullName: 'Ada' })
  await database().update(users).set({ homeOrganizationId: root.id }).where(eq(users.id, ada.id))
  const app = await makeApp({ organization: root, ownerId: ada.id })
  return { root, ada, app, owner: as(root.owner) }
}
const markOf = async ({ id }: MadeApp) => {
  const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, id))
  return row?.rotationDueSince ?? null
}
const markedSince = async ({ id }: MadeApp, at: Date) =>
  database().update(connectedApps).set({ rotationDueSince: at }).where(eq(connectedApps.id, id))
const dismissalsOf = (appId: Id<'app'>) =>
  database()
    .select()
    .from(events)
    .where(
      sql`${events.appId} = ${sql.param(appId, events.appId)} and ${events.name} = 'connected-app.rotation-mark-dismissed'`,
    )

type Made = Awaited<ReturnType<typeof makeOwner>>
const ACTS: Record<string, (made: Made) => Promise<unknown>> = {
  edited: async ({ root, app, owner }) => {
    const { version } = await getApp(owner, app.id)
    return updateApp(owner, { appId: app.id, version, ownerId: root.owner.id })
  },
  'rights-lost': ({ root, ada, owner }) =>
    changeRole(owner, { organizationId: root.id, userId: ada.id, role: 'member' }),
  'membership-ended': ({ root, ada, owner }) =>
    removeMember(owner, { organizationId: root.id, userId: ada.id }),
  'account-ended': ({ ada, owner }) => deleteUser(owner, { userId: ada.id, confirmation: ada.username }),
}

type Given = Pick<Made, 'root' | 'app' | 'owner'>
const give = ({ root, app, owner }: Given, ownerId: Id<'user'>) =>
  changeOwnerOfApps(owner, { selection: { organizationId: root.id, appIds: [app.id] }, ownerId })
/** Somebody else develops here, and has the app from now on. */
async function handOn({ root, app, owner }: Given, fullName: string) {
  const person = await makeMember(root, 'developer', { fullName })
  await give({ root, app, owner }, person.id)
  return person
}

describe('the mark that a secret should be rotated', () => {
  it.each(Object.entries(ACTS))('says that it was set because: %s [P14] [P18]', async (trigger, act) => {
    const made = await makeOwner()
    const { root, app, owner } = made
    expect(await getApp(owner, app.id)).toMatchObject({ rotationDueSince: null, rotationDueBecause: null })
    await act(made)
    const because = {
      kind: 'owner-changed',
      trigger,
      from: 'Ada',
      to: root.owner.fullName,
      at: expect.any(Date),
      formerOwners: ['Ada'],
    }
    expect((await getApp(owner, app.id)).rotationDueBecause).toEqual(because)
    const { apps } = await listOwnedApps(owner, { organizationId: root.id })
    expect(apps.find(({ id }) => id === app.id)?.rotationDueBecause).toEqual(because)
    expect(await getRotationDue(owner, root.id)).toEqual({ ready: 1, leftOut: {}, because })
  })

  it('says that nobody took the new secret along, whatever happened to the app before', async () => {
    const { root, app, owner } = await makeOwner()
    await updateApp(owner, { appId: app.id, version: 1, ownerId: root.owner.id })
    const { bulkRotationId } = await startBulkRotation(owner, { organizationId: root.id, which: 'due' })
    await rotateMany({ bulkRotationId })
    expect(await markOf(app)).toBeNull()
    await database()
      .update(bulkRotations)
      .set({ finishedAt: sql`now() - interval '25 hours'` })
      .where(eq(bulkRotations.id, bulkRotationId))
    await forgetSecrets()
    const because = async () => (await getApp(owner, app.id)).rotationDueBecause
    expect(await because()).toEqual({ kind: 'forgotten', formerOwners: [] })
    await handOn({ root, app, owner }, 'Ben')
    expect(await because()).toEqual({ kind: 'forgotten', formerOwners: [root.owner.fullName] })
  })

  it.each(Object.entries(ACTS))(
    'keeps its first cause, and names all who knew the secret since, when the owner changes again after: %s [P14] [P18]',
    async (trigger, act) => {
      const made = await makeOwner()
      const { root, app, owner } = made
      // What happened before the mark is none of its cause.
      await handOn(made, 'Zoe')
      await dismissRotationMark(owner, { appId: app.id })
      await give(made, made.ada.id)
      await dismissRotationMark(owner, { appId: app.id })
      await act(made)
      const [since, { rotationDueBecause: before }] = [await markOf(app), await getApp(owner, app.id)]
      const ben = await handOn(made, 'Ben')
      const because = { ...before, formerOwners: ['Ada', root.owner.fullName] }
      expect(before).toMatchObject({ trigger, from: 'Ada', to: root.owner.fullName, formerOwners: ['Ada'] })
      expect(await getApp(as(ben), app.id)).toMatchObject({
        rotationDueSince: since,
        rotationDueBecause: because,
      })
      expect(await getRotationDue(owner, root.id)).toEqual({ ready: 1, leftOut: {}, because })
      // Whoever owns it again is no former owner.
      await give(made, root.owner.id)
      expect((await getApp(owner, app.id)).rotationDueBecause).toEqual({
        ...before,
        formerOwners: ['Ada', 'Ben'],
      })
    },
  )

  it('has no one cause where more people know the secret of one app than of the other', async () => {
    const made = await makeOwner()
    const { root, app, owner, ada } = made
    await makeApp({ organization: root, ownerId: ada.id })
    await removeMember(owner, { organizationId: root.id, userId: ada.id })
    expect(await getRotationDue(owner, root.id)).toMatchObject({ ready: 2, because: { from: 'Ada' } })
    await handOn(made, 'Ben')
    expect(await markOf(app)).not.toBeNull()
    expect(await getRotationDue(owner, root.id)).toMatchObject({ ready: 2, because: null })
  })

  it('has no one cause where the apps were marked for different ones', async () => {
    const made = await makeOwner()
    const { root, owner, ada } = made
    const other = await makeApp({ organization: root, ownerId: ada.id })
    await ACTS.edited?.(made)
    await removeMember(owner, { organizationId: root.id, userId: ada.id })
    expect(await markOf(other)).not.toBeNull()
    expect(await getRotationDue(owner, root.id)).toMatchObject({ ready: 2, because: null })
  })

  it('counts by reason those whose secret the actor cannot rotate now', async () => {
    const { root, app, owner } = await makeOwner()
    const [busy, free] = [await makeApp({ organization: root }), await makeApp({ organization: root })]
    await startBulkRotation(owner, { organizationId: root.id, which: 'chosen', appIds: [busy.id] })
    for (const one of [app, busy, free]) await markedSince(one, new Date())
    expect(await getRotationDue(owner, root.id)).toMatchObject({ ready: 2, leftOut: { underway: 1 } })
  })

  it('can be dismissed by whoever may rotate: the secret stays, and it is told [P18]', async () => {
    const { root, app, ada, owner } = await makeOwner()
    const since = new Date('2026-03-01T10:00:00Z')
    await markedSince(app, since)
    const member = await makeMember(root)
    const [stranger, developer] = [await makeOrganization(), await makeMember(root, 'developer')]
    for (const [person, code] of [
      [member, 'forbidden'],
      [stranger.owner, 'not-found'],
      [developer, 'not-found'],
    ] as const)
      await expect(dismissRotationMark(as(person), { appId: app.id })).rejects.toMatchObject({ code })
    expect(await markOf(app)).toEqual(since)
    await dismissRotationMark(as(ada), { appId: app.id })
    expect(await markOf(app)).toBeNull()
    const { apps } = await listOwnedApps(owner, { organizationId: root.id, filters: { isRotationDue: true } })
    expect(apps).toEqual([])
    expect((await getApp(owner, app.id)).secrets).toHaveLength(1)
    // Once more, there is nothing to dismiss and nothing to tell.
    await dismissRotationMark(owner, { appId: app.id })
    expect(await dismissalsOf(app.id)).toMatchObject([
      { actorUserId: ada.id, details: { markedSince: since.toISOString() } },
    ])
  })

  it('stays while a secret from before it is kept [P18]', async () => {
    const { app, owner } = await makeOwner()
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)
    await database()
      .update(appSecrets)
      .set({ createdAt: hoursAgo(2) })
      .where(eq(appSecrets.appId, app.id))
    await markedSince(app, hoursAgo(1))
    const [former] = (await getApp(owner, app.id)).secrets
    const made = await rotateSecret(owner, { appId: app.id, keep: former ? [former.id] : [] })
    expect(await markOf(app)).not.toBeNull()
    await rotateSecret(owner, { appId: app.id, keep: [made.secretId] })
    expect(await markOf(app)).toBeNull()
  })

  it('is dismissed by no app for itself or what it registered [P131]', async () => {
    const { root, app, owner } = await makeOwner()
    await markedSince(app, new Date())
    const itself = asThrough(root.owner, app, ['connected-apps:read', 'connected-apps:secrets'])
    await expect(dismissRotationMark(itself, { appId: app.id })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await markOf(app)).not.toBeNull()
    await dismissRotationMark(owner, { appId: app.id })
  })

  it('comes back with the next change of owner, and goes with a rotation', async () => {
    const { root, app, ada, owner } = await makeOwner()
    await markedSince(app, new Date())
    await dismissRotationMark(owner, { appId: app.id })
    await removeMember(owner, { organizationId: root.id, userId: ada.id })
    expect(await markOf(app)).not.toBeNull()
    await rotateSecret(owner, { appId: app.id })
    expect(await markOf(app)).toBeNull()
  })
})

describe('the secrets of an app in a list', () => {
  it('are no finding while a new one waits for its turn, and are one when it never comes', async () => {
    const { root, app, owner } = await makeOwner()
    const unused = async () =>
      (await listOwnedApps(owner, { organizationId: root.id })).apps.map(({ secrets }) => secrets)
    await rotateSecret(owner, { appId: app.id })
    expect(await unused()).toMatchObject([{ live: 2, unused: 0, firstEndsAt: expect.any(String) }])
    await database().execute(sql`
      update app_secrets set created_at = now() - interval '8 days', expires_at = null
      where app_id = ${sql.param(app.id, connectedApps.id)}`)
    expect(await unused()).toMatchObject([{ live: 2, unused: 2, firstEndsAt: null }])
  })
})
