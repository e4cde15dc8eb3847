import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import type { Id } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { getApp } from './get-app.ts'
import { listPossibleOwners } from './list-possible-owners.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'
import { updateApp } from './update-app.ts'

const eventsAbout = (appId: Id<'app'>) =>
  database().select().from(events).where(eq(events.appId, appId)).orderBy(events.id)
const row = async (appId: Id<'app'>) => {
  const [app] = await database().select().from(connectedApps).where(eq(connectedApps.id, appId))
  return app
}

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

describe('saving an app', () => {
  it('changes name, addresses and scopes together, raises the version, and records before and after [P35]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root, name: 'Order sync' })
    const saved = await updateApp(as(root.owner), {
      appId: app.id,
      version: 1,
      name: 'Order flow',
      redirectUris: ['https://a.example.com/callback', 'https://b.example.com/callback'],
      scopes: ['profile', 'openid', 'email'],
    })
    expect(saved).toEqual({ version: 2, warnings: {} })
    expect(await getApp(as(root.owner), app.id)).toMatchObject({
      version: 2,
      name: 'Order flow',
      scopes: ['email', 'openid', 'profile'],
      updatedBy: { id: root.owner.id },
    })
    expect(await eventsAbout(app.id)).toMatchObject([
      {
        name: 'connected-app.updated',
        details: { version: 2, changed: { name: { before: 'Order sync', after: 'Order flow' } } },
      },
      {
        name: 'connected-app.scopes-changed',
        details: { changed: { scopes: { after: ['email', 'openid', 'profile'] } } },
      },
    ])
  })

  it('changes and records nothing when nothing differs', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const same = { appId: app.id, version: 1, name: app.name, scopes: ['profile', 'openid'] }
    expect(await updateApp(as(root.owner), same)).toEqual({ version: 1, warnings: {} })
    expect(await eventsAbout(app.id)).toEqual([])
  })

  it('refuses a save over somebody’s newer one, saying what changed and by whom', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'administrator', { fullName: 'Ana Ruiz' })
    const app = await makeApp({ organization: root })
    await updateApp(as(ana), {
      appId: app.id,
      version: 1,
      name: 'Ana’s name',
      website: 'https://ana.example.com',
    })
    const stale = { appId: app.id, version: 1, name: 'Another name' }
    await expect(updateApp(as(root.owner), stale)).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringMatching(/^Ana Ruiz changed the name and the website while you were editing/),
      fields: { name: 'Changed by Ana Ruiz.', website: 'Changed by Ana Ruiz.' },
    })
    expect((await row(app.id))?.name).toBe('Ana’s name')
  })

  it('says so when the newer save was one’s own, from another tab', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const actor = as(root.owner)
    await updateApp(actor, { appId: app.id, version: 1, description: 'From the one tab' })
    await expect(
      updateApp(actor, { appId: app.id, version: 1, description: 'From the other' }),
    ).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringMatching(/^You changed the description in another tab\./),
    })
  })

  it('lets one of two saves through that begin from the same version at the same moment', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const saves = ['one', 'two', 'three', 'four'].map((description) =>
      updateApp(as(root.owner), { appId: app.id, version: 1, description }),
    )
    const outcomes = await Promise.allSettled(saves)
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect((await row(app.id))?.version).toBe(2)
  })

  it('refuses another client ID, and takes the same one [P27]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    await expect(
      updateApp(as(root.owner), { appId: app.id, version: 1, clientId: '0'.repeat(32) }),
    ).rejects.toMatchObject({ code: 'invalid', fields: { clientId: expect.any(String) } })
    await updateApp(as(root.owner), {
      appId: app.id,
      version: 1,
      clientId: app.clientId,
      description: 'Same ID',
    })
    expect((await row(app.id))?.clientId).toBe(app.clientId)
  })

  it('refuses a name that is taken, and leaves everything else of the save undone [P25]', async () => {
    const root = await makeOrganization()
    const other = await makeApp({ organization: root })
    const app = await makeApp({ organization: root })
    const save = { appId: app.id, version: 1, name: other.name.toUpperCase(), description: 'Changed' }
    await expect(updateApp(as(root.owner), save)).rejects.toMatchObject({
      code: 'conflict',
      fields: { name: expect.any(String) },
    })
    expect(await row(app.id)).toMatchObject({ name: app.name, description: '', version: 1 })
  })

  it('refuses settings that do not fit the kind of app', async () => {
    const root = await makeOrganization()
    const spa = await makeApp({ organization: root, clientType: 'browser' })
    const robot = await makeApp({ organization: root, actsAs: 'itself', scopes: ['profile'] })
    const refusedFor = async (appId: Id<'app'>, given: object) => {
      const refusal = await updateApp(as(root.owner), { appId, version: 1, ...given }).catch(
        (thrown) => thrown,
      )
      expect(refusal).toMatchObject({ code: 'invalid' })
      return Object.keys(refusal.fields)
    }
    expect(await refusedFor(spa.id, { requiresPkce: false })).toEqual(['requiresPkce'])
    expect(await refusedFor(spa.id, { redirectUris: [] })).toEqual(['redirectUris'])
    expect(await refusedFor(robot.id, { scopes: ['connected-apps:read'] })).toEqual(['scopes'])
    expect(await refusedFor(robot.id, { redirectUris: ['https://a.example.com'] })).toEqual(['redirectUris'])
    expect(await refusedFor(robot.id, { grantTypes: ['authorization_code'] })).toContain('grantTypes')
  })

  it('warns about what is risky', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const { warnings } = await updateApp(as(root.owner), { appId: app.id, version: 1, requiresPkce: false })
    expect(warnings).toEqual({ requiresPkce: expect.any(String) })
  })
})

describe('who may save an app', () => {
  it('is an administrator of its branch [P2] [P3], and the developer who owns it', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const lead = await makeMember(group, 'administrator')
    const owner = await makeMember(group, 'developer')
    const app = await makeApp({ organization: group, ownerId: owner.id })
    await updateApp(as(root.owner), { appId: app.id, version: 1, description: 'by the root' })
    await updateApp(as(lead), { appId: app.id, version: 2, description: 'by the group' })
    await updateApp(as(owner), { appId: app.id, version: 3, description: 'by its owner' })
  })

  it('is nobody to whom it looks absent: a sibling’s administrator, a group’s for a root app, strangers [P3]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const sibling = await makeBusinessGroup(root)
    const siblingLead = await makeMember(sibling, 'administrator')
    const lead = await makeMember(group, 'administrator')
    const otherDeveloper = await makeMember(group, 'developer')
    const stranger = await makeOrganization()
    const inGroup = await makeApp({ organization: group })
    const inRoot = await makeApp({ organization: root })
    const save = (appId: Id<'app'>) => ({ appId, version: 1, name: 'Mine now' })
    const absent = { code: 'not-found', sentence: 'There is no such app here.' }
    await expect(updateApp(as(siblingLead), save(inGroup.id))).rejects.toMatchObject(absent)
    await expect(updateApp(as(lead), save(inRoot.id))).rejects.toMatchObject(absent)
    await expect(updateApp(as(otherDeveloper), save(inGroup.id))).rejects.toMatchObject(absent)
    await expect(updateApp(as(stranger.owner), save(inGroup.id))).rejects.toMatchObject(absent)
  })

  it('is nobody who neither administers nor develops anywhere: forbidden, whatever the ID [P1]', async () => {
    const root = await makeOrganization()
    const member = await makeMember(root)
    const app = await makeApp({ organization: root })
    const forbidden = { code: 'forbidden' }
    await expect(updateApp(as(member), { appId: app.id, version: 1 })).rejects.toMatchObject(forbidden)
    const unknown = 'app_01h455vb4pex5vsknk084sn02q'
    await expect(updateApp(as(member), { appId: unknown, version: 1 })).rejects.toMatchObject(forbidden)
  })

  it('ends with the right: the next save of a former administrator is refused [P4]', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'administrator')
    const app = await makeApp({ organization: root })
    await updateApp(as(ana), { appId: app.id, version: 1, description: 'still' })
    await database()
      .update(memberships)
      .set({ role: 'member' })
      .where(and(eq(memberships.userId, ana.id), eq(memberships.organizationId, root.id)))
    const next = updateApp(as(ana), { appId: app.id, version: 2, description: 'no more' })
    await expect(next).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('changing the owner inside a save', () => {
  it('hands the app to whoever administers or develops there, and marks its secret as due [P20] [P22]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const next = await makeMember(root, 'administrator')
    const app = await makeApp({ organization: group })
    await updateApp(as(root.owner), { appId: app.id, version: 1, ownerId: next.id, name: 'Handed over' })
    const after = await row(app.id)
    expect(after).toMatchObject({ ownerId: next.id, name: 'Handed over', createdBy: root.owner.id })
    expect(after?.rotationDueSince).toBeInstanceOf(Date)
    expect(await eventsAbout(app.id)).toMatchObject([
      { name: 'connected-app.updated' },
      {
        name: 'connected-app.owner-changed',
        details: { previousOwner: root.owner.fullName, newOwner: next.fullName, trigger: 'edited' },
      },
    ])
  })

  it('leaves a secret due since it first was, and one that nobody keeps as it is [P22]', async () => {
    const root = await makeOrganization()
    const next = await makeMember(root, 'administrator')
    const since = new Date('2026-01-02T03:04:05Z')
    const due = await makeApp({ organization: root, rotationDueSince: since })
    const page = await makeApp({ organization: root, clientType: 'browser' })
    for (const app of [due, page])
      await updateApp(as(root.owner), { appId: app.id, version: 1, ownerId: next.id })
    expect((await row(due.id))?.rotationDueSince).toEqual(since)
    expect((await row(page.id))?.rotationDueSince).toBeNull()
  })

  it('refuses a person without that right under the field, and saves nothing else [P21]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const sibling = await makeBusinessGroup(root)
    const member = await makeMember(root)
    const siblingLead = await makeMember(sibling, 'administrator')
    const stranger = await makeOrganization()
    const app = await makeApp({ organization: group })
    for (const person of [member, siblingLead, stranger.owner]) {
      const save = { appId: app.id, version: 1, ownerId: person.id, name: 'Changed too' }
      await expect(updateApp(as(root.owner), save)).rejects.toMatchObject({
        code: 'invalid',
        fields: { ownerId: expect.any(String) },
      })
    }
    expect(await row(app.id)).toMatchObject({ ownerId: root.owner.id, name: app.name, version: 1 })
  })

  it('is an administrator’s act: the developer who owns the app is refused', async () => {
    const root = await makeOrganization()
    const owner = await makeMember(root, 'developer')
    const colleague = await makeMember(root, 'developer')
    const app = await makeApp({ organization: root, ownerId: owner.id })
    const save = { appId: app.id, version: 1, ownerId: colleague.id }
    await expect(updateApp(as(owner), save)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('does not change whether the app is internal [P82]', async () => {
    const root = await makeOrganization()
    const next = await makeMember(root, 'developer')
    const app = await makeApp({ organization: root })
    await updateApp(as(root.owner), { appId: app.id, version: 1, ownerId: next.id })
    expect((await row(app.id))?.rootOrganizationId).toBe(root.id)
  })

  it('offers the people who may own it, found by full name and username [P20]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const sibling = await makeBusinessGroup(root)
    const ana = await makeMember(group, 'developer', { fullName: 'Ana Ruiz' })
    await makeMember(sibling, 'developer', { fullName: 'Ana Silva' })
    await makeMember(group, 'member', { fullName: 'Ana Costa' })
    const app = await makeApp({ organization: group })
    expect(await listPossibleOwners(as(root.owner), app.id, 'ana')).toEqual([
      { id: ana.id, fullName: 'Ana Ruiz', username: ana.username, role: 'developer' },
    ])
    const found = await listPossibleOwners(as(root.owner), app.id, ana.username.slice(3))
    expect(found.map((person) => person.id)).toEqual([ana.id])
    expect(await listPossibleOwners(as(root.owner), app.id, '%')).toEqual([])
    const everyone = await listPossibleOwners(as(root.owner), app.id, '')
    expect(everyone.map((person) => person.id).sort()).toEqual([ana.id, root.owner.id].sort())
    const stranger = await makeOrganization()
    await expect(listPossibleOwners(as(stranger.owner), app.id, '')).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('an app that saves apps', () => {
  it('can neither widen nor re-own itself or what it registered, itself or for a person [P131]', async () => {
    const root = await makeOrganization()
    const next = await makeMember(root, 'administrator')
    const robot = await makeApp({ organization: root, actsAs: 'itself', scopes: ['profile'] })
    const child = await makeApp({
      organization: root,
      registeredByAppId: robot.id,
      origin: 'dynamic-registration',
    })
    const grandchild = await makeApp({ organization: root, registeredByAppId: child.id })
    const other = await makeApp({ organization: root })
    const scopes = ['connected-apps:read', 'connected-apps:write']
    const itself = asApp(robot, scopes, root)
    for (const actor of [itself, asThrough(root.owner, robot, scopes)]) {
      for (const appId of [child.id, grandchild.id]) {
        for (const more of [
          { scopes: ['openid', 'profile', 'email'] },
          { redirectUris: ['https://app.example.com/callback', 'https://other.example.com/callback'] },
          { audience: 'everyone' as const },
          { requiresPkce: false },
        ]) {
          const widening = updateApp(actor, { appId, version: 1, ...more })
          await expect(widening, Object.keys(more)[0]).rejects.toMatchObject({ code: 'forbidden' })
        }
      }
      await expect(updateApp(actor, { appId: robot.id, version: 1, ownerId: next.id })).rejects.toMatchObject(
        { code: 'forbidden' },
      )
    }
    // Narrowing is no gain, and other apps are none of its own.
    await updateApp(itself, { appId: child.id, version: 1, scopes: ['openid'] })
    await updateApp(itself, {
      appId: other.id,
      version: 1,
      scopes: ['openid', 'profile', 'email'],
      ownerId: next.id,
    })
  })
})
