import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { organizations } from '#db/schema/organizations'
import type { Id } from '#lib/base/ids'
import { authorizeApp } from '#lib/domain/authorizations/authorize-app'
import { listAuthorizedApps } from '#lib/domain/authorizations/list-authorized-apps'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { findClientRecords } from './client-records.ts'
import { deleteApp } from './delete-app.ts'
import { disableApp } from './disable-app.ts'
import { enableApp } from './enable-app.ts'
import { getApp } from './get-app.ts'

const recordOf = async (clientId: string) => (await findClientRecords([clientId])).get(clientId)
const happened = async (appId: Id<'app'>) =>
  (await database().select().from(events).where(eq(events.appId, appId)).orderBy(events.id)).map(
    (event) => event.name,
  )

describe('disabling an app', () => {
  it('is seen by the authorization server at its next look, and enabling brings everything back [P33]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    await disableApp(as(root.owner), { appId: app.id })
    await disableApp(as(root.owner), { appId: app.id })
    expect(await recordOf(app.clientId)).toMatchObject({ state: 'disabled' })
    expect((await getApp(as(root.owner), app.id)).disabledBy?.id).toBe(root.owner.id)
    await enableApp(as(root.owner), { appId: app.id })
    await enableApp(as(root.owner), { appId: app.id })
    expect(await recordOf(app.clientId)).toMatchObject({ state: 'enabled', secrets: [expect.anything()] })
    expect(await happened(app.id)).toEqual(['connected-app.disabled', 'connected-app.enabled'])
  })

  it('is refused to siblings and strangers (not found) and to members (forbidden), as is enabling', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const sibling = await makeMember(await makeBusinessGroup(root), 'administrator')
    const stranger = await makeOrganization()
    const member = await makeMember(root)
    const app = await makeApp({ organization: group })
    for (const act of [disableApp, enableApp]) {
      await expect(act(as(sibling), { appId: app.id })).rejects.toMatchObject({ code: 'not-found' })
      await expect(act(as(stranger.owner), { appId: app.id })).rejects.toMatchObject({ code: 'not-found' })
      await expect(act(as(member), { appId: app.id })).rejects.toMatchObject({ code: 'forbidden' })
    }
  })
})

describe('an app that enables apps', () => {
  it('cannot enable what it registered, for itself or for a person [P131]', async () => {
    const root = await makeOrganization()
    const robot = await makeApp({ organization: root, actsAs: 'itself' })
    const child = await makeApp({ organization: root, registeredByAppId: robot.id })
    const other = await makeApp({ organization: root })
    const scopes = ['connected-apps:read', 'connected-apps:write']
    for (const actor of [asApp(robot, scopes, root), asThrough(root.owner, robot, scopes)]) {
      for (const app of [child, other]) await disableApp(actor, { appId: app.id })
      await expect(enableApp(actor, { appId: child.id })).rejects.toMatchObject({ code: 'forbidden' })
      await enableApp(actor, { appId: other.id })
    }
    expect(await recordOf(child.clientId)).toMatchObject({ state: 'disabled' })
  })
})

describe('deleting an app', () => {
  it('is done by a root administrator everywhere, by a group’s in their branch alone [P2] [P3]', async () => {
    const root = await makeOrganization()
    const [group, sibling] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const below = await makeBusinessGroup(group)
    const ofGroup = as(await makeMember(group, 'administrator'))
    for (const organization of [root, sibling]) {
      const app = await makeApp({ organization })
      const input = { appId: app.id, name: app.name }
      await expect(deleteApp(ofGroup, input)).rejects.toMatchObject({ code: 'not-found' })
      await deleteApp(as(root.owner), input)
    }
    for (const organization of [group, below]) {
      const app = await makeApp({ organization })
      await deleteApp(ofGroup, { appId: app.id, name: app.name })
      expect(await recordOf(app.clientId)).toBeUndefined()
    }
  })

  it('takes it away everywhere after its name was typed, and records it [P32] [P35]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    await deleteApp(as(root.owner), { appId: app.id, name: app.name })
    expect(await recordOf(app.clientId)).toBeUndefined()
    await expect(getApp(as(root.owner), app.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(deleteApp(as(root.owner), { appId: app.id, name: app.name })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await happened(app.id)).toEqual(['connected-app.deleted'])
    await makeApp({ organization: root, name: app.name })
  })

  it('refuses another name than the app’s, under the field', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    await expect(deleteApp(as(root.owner), { appId: app.id, name: 'Something' })).rejects.toMatchObject({
      code: 'invalid',
      fields: { name: expect.stringContaining(app.name) },
    })
  })

  it('is refused to strangers, to other developers, and to apps without the scope', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const stranger = await makeOrganization()
    const app = await makeApp({ organization: root })
    const input = { appId: app.id, name: app.name }
    await expect(deleteApp(as(stranger.owner), input)).rejects.toMatchObject({ code: 'not-found' })
    await expect(deleteApp(as(developer), input)).rejects.toMatchObject({ code: 'not-found' })
    await expect(deleteApp(asApp(app, ['connected-apps:read'], root), input)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('what people authorized', () => {
  it('is counted by organization and person, and ends with the app [P32] [P34]', async () => {
    const root = await makeOrganization()
    const other = await makeOrganization()
    const app = await makeApp({ organization: root, audience: 'everyone' })
    for (const place of [root, root, other]) {
      const person = await makeMember(place)
      const yes = { appId: app.id, rootOrganizationId: place.id, scopes: ['openid'] }
      await authorizeApp(as(person), yes)
    }
    expect((await getApp(as(root.owner), app.id)).usage).toEqual({ organizations: 2, people: 3 })
    await deleteApp(as(root.owner), { appId: app.id, name: app.name })
    const listed = await listAuthorizedApps(as(other.owner), { rootOrganizationId: other.id })
    expect(listed.rows).toEqual([])
  })

  it('waits while the app is disabled and is there again when it is enabled [P33] [AM-11]', async () => {
    const root = await makeOrganization()
    const person = await makeMember(root)
    const app = await makeApp({ organization: root })
    const yes = { appId: app.id, rootOrganizationId: root.id, scopes: ['openid'] }
    await authorizeApp(as(person), yes)
    await disableApp(as(root.owner), { appId: app.id })
    await expect(authorizeApp(as(person), yes)).rejects.toMatchObject({
      sentence: 'This app is not available.',
    })
    await enableApp(as(root.owner), { appId: app.id })
    await authorizeApp(as(person), yes)
    expect((await getApp(as(root.owner), app.id)).usage).toEqual({ organizations: 1, people: 1 })
  })

  it('is of an internal app where it was made, and of an outside app elsewhere, whoever it is open to [P80] [P81] [AM-24]', async () => {
    const root = await makeOrganization()
    const other = await makeOrganization()
    const app = await makeApp({ organization: await makeBusinessGroup(root), audience: 'everyone' })
    for (const place of [root, other]) {
      const person = await makeMember(place)
      await authorizeApp(as(person), { appId: app.id, rootOrganizationId: place.id, scopes: ['openid'] })
      const { rows } = await listAuthorizedApps(as(place.owner), { rootOrganizationId: place.id })
      expect(rows).toMatchObject([{ appId: app.id, isInternal: place === root }])
    }
  })
})

describe('what the authorization server reads of apps', () => {
  it('comes for many at once, without the ones that do not exist', async () => {
    const root = await makeOrganization()
    const one = await makeApp({ organization: root })
    const two = await makeApp({ organization: root, clientType: 'native', requiresPkce: true })
    const found = await findClientRecords([one.clientId, 'f'.repeat(32), two.clientId])
    expect([...found.keys()].sort()).toEqual([one.clientId, two.clientId].sort())
    expect(found.get(one.clientId)).toMatchObject({
      appId: one.id,
      version: 1,
      epoch: 0,
      state: 'enabled',
      publisher: root.name,
      rootOrganizationId: root.id,
      redirectUris: ['https://app.example.com/callback'],
    })
    expect(found.get(two.clientId)).toMatchObject({ clientType: 'native', secrets: [] })
  })

  it('says when the organization behind an app is suspended', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    await database()
      .update(organizations)
      .set({ suspendedAt: new Date() })
      .where(eq(organizations.id, root.id))
    expect(await recordOf(app.clientId)).toMatchObject({ state: 'suspended' })
  })
})
