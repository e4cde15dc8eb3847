import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { apis, appContexts, connectedApps } from '#db/schema/connected-apps'
import { memberships, organizationAncestors, organizations } from '#db/schema/organizations'
import { type Id, newId } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { database } from '#test/database'
import {
  type MadeApp,
  type MadeOrganization,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { rounds } from '#test/rounds'
import { deleteBusinessGroup } from '../offboarding/delete-business-group.ts'
import { moveBusinessGroup } from '../offboarding/move-business-group.ts'
import { removeMember } from '../offboarding/remove-member.ts'
import type { Actor } from '../permissions/actor.ts'
import { createApi } from './create-api.ts'
import { createApp } from './create-app.ts'
import { getApp } from './get-app.ts'
import { moveApp } from './move-app.ts'
import { previewAppMove } from './preview-app-move.ts'
import { setContexts } from './set-contexts.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'
import { updateApp } from './update-app.ts'

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

const rowOf = async (appId: Id<'app'>) => {
  const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, appId))
  if (!row) throw new Error('The app is gone.')
  return row
}
const movesOf = (appId: Id<'app'>) =>
  database()
    .select()
    .from(events)
    .where(and(eq(events.appId, appId), eq(events.name, 'connected-app.moved')))
const move = (actor: Actor, app: MadeApp, to: MadeOrganization, version = 1) =>
  moveApp(actor, { appId: app.id, organizationId: to.id, version })
const look = (actor: Actor, app: MadeApp, to: MadeOrganization) =>
  previewAppMove(actor, { appId: app.id, organizationId: to.id })
/** The act and the look before it refuse alike. */
async function expectRefused(actor: Actor, app: MadeApp, to: MadeOrganization, refusal: object) {
  for (const act of [look, move]) await expect(act(actor, app, to)).rejects.toMatchObject(refusal)
  expect(await rowOf(app.id)).toMatchObject({ organizationId: app.organizationId, version: 1 })
  expect(await movesOf(app.id)).toEqual([])
}

async function makeTree() {
  const root = await makeOrganization()
  const sales = await makeBusinessGroup(root, { name: 'Sales' })
  const care = await makeBusinessGroup(root, { name: 'Care' })
  return { root, sales, care }
}

describe('letting an app reside elsewhere in its tree', () => {
  it('gives it to whoever administers there, keeps everything else, and records it', async () => {
    const { root, sales, care } = await makeTree()
    const [before, after] = [
      await makeMember(sales, 'administrator'),
      await makeMember(care, 'administrator'),
    ]
    const app = await makeApp({ organization: sales, audience: 'everyone' })
    const reader = await makeMember(root)
    await makeTokenFamily(await makeAuthorization(reader, app, root), app)
    const saved = await rowOf(app.id)
    expect(await look(as(root.owner), app, care)).toEqual({
      administratorsGaining: 1,
      administratorsLosing: 1,
    })
    expect(await move(as(root.owner), app, care)).toEqual({ version: 2 })
    const { organizationId, version, updatedAt, updatedBy, ...kept } = await rowOf(app.id)
    expect(saved).toMatchObject(kept)
    expect({ organizationId, version, updatedBy }).toEqual({
      organizationId: care.id,
      version: 2,
      updatedBy: root.owner.id,
    })
    expect(updatedAt.getTime()).toBeGreaterThan(saved.updatedAt.getTime())
    expect(await countLive(app, root)).toEqual({ people: 1, tokens: 2 })
    expect((await getApp(as(after), app.id)).residence).toMatchObject({ id: care.id })
    await expect(getApp(as(before), app.id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await movesOf(app.id)).toMatchObject([
      {
        organizationId: care.id,
        details: {
          before: 'Sales',
          after: 'Care',
          version: 2,
          changed: { organizationId: { before: sales.id, after: care.id } },
        },
      },
    ])
    expect(await move(as(root.owner), app, care, 2)).toEqual({ version: 2 })
    expect(await movesOf(app.id)).toHaveLength(1)
  })

  it('is refused over somebody’s newer save, saying what changed', async () => {
    const { root, sales, care } = await makeTree()
    const app = await makeApp({ organization: sales })
    await updateApp(as(root.owner), { appId: app.id, version: 1, description: 'Newer.' })
    await expect(move(as(root.owner), app, care)).rejects.toMatchObject({ code: 'conflict' })
    await move(as(root.owner), app, care, 2)
    await expect(
      updateApp(as(root.owner), { appId: app.id, version: 2, description: 'Older.' }),
    ).rejects.toMatchObject({ code: 'conflict', sentence: expect.stringContaining('where it resides') })
  })

  it('is asked of both places: whoever administers one alone may not, and strangers hear of nothing [P1] [P3]', async () => {
    const { root, sales, care } = await makeTree()
    const app = await makeApp({ organization: sales })
    const [leaving, coming] = [
      await makeMember(sales, 'administrator'),
      await makeMember(care, 'administrator'),
    ]
    const developer = await makeMember(root, 'developer')
    const owned = await makeApp({ organization: sales, ownerId: developer.id })
    const stranger = await makeOrganization()
    for (const actor of [as(leaving), as(coming), as(stranger.owner)]) {
      await expectRefused(actor, app, care, { code: 'not-found' })
    }
    await expectRefused(as(developer), owned, care, { code: 'forbidden' })
    await expectRefused(as(await makeMember(root)), app, care, { code: 'forbidden' })
    const machine = await makeApp({ organization: root, actsAs: 'itself' })
    await expectRefused(asApp(machine, ['connected-apps:write'], sales), app, care, { code: 'forbidden' })
    await move(asApp(machine, ['connected-apps:write'], sales, care), app, care)
  })

  it('stays in its tree, whoever administers both', async () => {
    const { root, sales } = await makeTree()
    const other = await makeOrganization({ owner: root.owner })
    const app = await makeApp({ organization: sales })
    await expectRefused(as(root.owner), app, other, {
      code: 'invalid',
      fields: { organizationId: 'An app stays in its root organization.' },
    })
  })

  it('asks for another owner first, where this one has no right [P21]', async () => {
    const { root, sales, care } = await makeTree()
    const ana = await makeMember(sales, 'developer', { fullName: 'Ana' })
    const app = await makeApp({ organization: sales, ownerId: ana.id, name: `Desk ${root.id}` })
    await expectRefused(as(root.owner), app, care, {
      code: 'invalid',
      fields: {
        organizationId: `Ana owns Desk ${root.id} and neither administers Care nor develops in it. Change the owner first.`,
      },
    })
    await makeMembership(care, ana.id, 'developer')
    await move(as(root.owner), app, care)
    expect(await rowOf(app.id)).toMatchObject({ ownerId: ana.id, organizationId: care.id })
  })

  it('keeps to its owner’s quota there, and counts it once where one place holds both [P118]', async () => {
    const { root, sales, care } = await makeTree()
    const ana = await makeMember(sales, 'developer', { fullName: 'Ana' })
    await makeMembership(care, ana.id, 'developer')
    const limit = (organization: MadeOrganization) =>
      database()
        .update(memberships)
        .set({ appsMax: 1, role: 'developer' })
        .where(and(eq(memberships.userId, ana.id), eq(memberships.organizationId, organization.id)))
    await limit(care)
    const there = await makeApp({ organization: care, ownerId: ana.id })
    const app = await makeApp({ organization: sales, ownerId: ana.id })
    await expectRefused(as(root.owner), app, care, {
      code: 'limit-reached',
      fields: { organizationId: expect.stringContaining('Ana may own one app in Care') },
    })
    await database().update(connectedApps).set({ endedAt: new Date() }).where(eq(connectedApps.id, there.id))
    await limit(root)
    await move(as(root.owner), app, care)
  })

  it('leaves no place of its scopes outside: they are taken from it first [P130]', async () => {
    const { root, sales, care } = await makeTree()
    const inner = await makeBusinessGroup(care, { name: 'Inner' })
    const scope = 'connected-apps:read'
    const { appId } = await createApp(as(root.owner), {
      organizationId: root.id,
      name: `Walker ${root.id}`,
      actsAs: 'itself',
      clientType: 'server',
      scopes: [scope],
      contexts: [sales, root, inner].map(({ id }) => ({ scope, organizationId: id })),
    })
    const input = { appId, organizationId: care.id, version: 1 }
    await expect(moveApp(as(root.owner), input)).rejects.toMatchObject({
      code: 'invalid',
      sentence: expect.stringMatching(
        /^Walker .* uses scopes in .* and Sales, outside Care\. Take those places from it first, under Scopes\.$/,
      ),
    })
    const contexts = [{ scope, organizationId: inner.id }]
    await setContexts(as(root.owner), { appId, version: 1, scopes: [scope], contexts })
    await moveApp(as(root.owner), { ...input, version: 2 })
    const places = await database().select().from(appContexts).where(eq(appContexts.appId, appId))
    expect(places).toMatchObject(contexts)
  })

  it('of what introspects for the root, to a group, is for administrators of the root alone [P115]', async () => {
    const { root, sales, care } = await makeTree()
    const inner = await makeBusinessGroup(sales, { name: 'Inner' })
    const lead = await makeMember(sales, 'administrator')
    const machine = await makeApp({ organization: root, actsAs: 'itself' })
    const robot = asApp(machine, ['connected-apps:write', 'connected-apps:read'], root, sales, inner, care)
    const gateway = await makeApp({ organization: sales, introspectsOrganization: true })
    const server = await makeApp({ organization: sales })
    const { apiId } = await createApi(as(root.owner), {
      organizationId: root.id,
      audience: `https://orders-${newId('api').slice(4)}.example.com`,
      name: 'Orders',
      scopePrefix: `orders${newId('api').slice(-8).toLowerCase()}`,
      resourceServerAppId: server.id,
    })
    const tail =
      'only an administrator of the root organization can let it reside in Inner, or take that from it first.'
    for (const actor of [as(lead), robot]) {
      await expectRefused(actor, gateway, inner, {
        code: 'invalid',
        fields: { organizationId: `${gateway.name} introspects for the whole organization: ${tail}` },
      })
      await expectRefused(actor, server, inner, {
        code: 'invalid',
        fields: { organizationId: `${server.name} answers for the API Orders: ${tail}` },
      })
    }
    await move(robot, gateway, root)
    await move(as(root.owner), gateway, care, 2)
    await database().update(apis).set({ endedAt: new Date() }).where(eq(apis.id, apiId))
    await move(as(lead), server, inner)
  })

  it('is nothing an app does for itself or for what it registered, nor through a person [P131]', async () => {
    const { root, sales, care } = await makeTree()
    const robot = await makeApp({ organization: sales, actsAs: 'itself' })
    const child = await makeApp({ organization: sales, registeredByAppId: robot.id })
    const scopes = ['connected-apps:read', 'connected-apps:write', 'organizations:read']
    for (const actor of [asApp(robot, scopes, root, sales, care), asThrough(root.owner, robot, scopes)]) {
      for (const app of [robot, child]) await expectRefused(actor, app, care, { code: 'forbidden' })
    }
  })
})

describe('at the same moment', () => {
  it('as its owner leaves, the app is never left with somebody who has no right there [P9]', async () => {
    for (let round = 0; round < rounds(4); round += 1) {
      const { root, sales, care } = await makeTree()
      const ana = await makeMember(sales, 'developer')
      await makeMembership(care, ana.id, 'developer')
      const app = await makeApp({ organization: sales, ownerId: ana.id })
      await Promise.allSettled([
        move(as(root.owner), app, care),
        removeMember(as(root.owner), { userId: ana.id, organizationId: care.id }),
      ])
      const { ownerId, organizationId } = await rowOf(app.id)
      expect(organizationId === care.id && ownerId === ana.id).toBe(false)
    }
  })

  it('as a business group is deleted or moved, it resides in one that is there, its places inside [P130]', async () => {
    for (let round = 0; round < rounds(4); round += 1) {
      const { root, sales, care } = await makeTree()
      const inner = await makeBusinessGroup(sales)
      const app = await makeApp({ organization: root, actsAs: 'itself', scopes: ['connected-apps:read'] })
      await database()
        .insert(appContexts)
        .values({ appId: app.id, scope: 'connected-apps:read', organizationId: inner.id })
      const other = await makeApp({ organization: root })
      await Promise.allSettled([
        move(as(root.owner), app, sales),
        move(as(root.owner), other, care),
        moveBusinessGroup(as(root.owner), { organizationId: inner.id, parentId: root.id, version: 1 }),
        deleteBusinessGroup(as(root.owner), { organizationId: care.id, name: care.name }),
      ])
      const contexts = await database().select().from(appContexts).where(eq(appContexts.appId, app.id))
      const { organizationId } = await rowOf(app.id)
      for (const place of contexts) {
        const above = await database()
          .select({ id: organizationAncestors.ancestorId })
          .from(organizationAncestors)
          .where(eq(organizationAncestors.organizationId, place.organizationId))
        expect(above.map(({ id }) => id)).toContain(organizationId)
      }
      const [residence] = await database()
        .select()
        .from(organizations)
        .where(eq(organizations.id, (await rowOf(other.id)).organizationId))
      expect(residence?.endedAt).toBeNull()
    }
  })
})
