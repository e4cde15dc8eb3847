import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { organizations } from '#db/schema/organizations'
import { createEnvironment } from '#lib/domain/organizations/create-environment'
import { as, asApp } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeOrganization,
  makeApi,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { findContexts } from './find-contexts.ts'
import { getApp } from './get-app.ts'
import { setContexts } from './set-contexts.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'

const READ = 'connected-apps:read'
const makeRobot = (organization: MadeOrganization, ownerId = organization.owner.id) =>
  makeApp({ organization, ownerId, actsAs: 'itself', scopes: ['profile'] })

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

describe('choosing where an app acting for itself may act', () => {
  it('replaces the whole list, and what was taken away counts no more at the next look [P84] [P86] [P35]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const robot = await makeRobot(root)
    const inBoth = [root, group].map(({ id }) => ({ scope: READ, organizationId: id }))
    await setContexts(as(root.owner), { appId: robot.id, version: 1, scopes: [READ], contexts: inBoth })
    expect(await findContexts(robot.id)).toHaveLength(2)
    const inRoot = inBoth.slice(0, 1)
    await setContexts(as(root.owner), { appId: robot.id, version: 2, scopes: [READ], contexts: inRoot })
    expect(await findContexts(robot.id)).toEqual(inRoot)
    expect((await getApp(as(root.owner), robot.id)).scopes).toEqual([READ, 'profile'])
    const recorded = await database()
      .select()
      .from(events)
      .where(eq(events.appId, robot.id))
      .orderBy(events.id)
    expect(recorded).toMatchObject([
      {
        name: 'connected-app.scopes-changed',
        details: { changed: { contexts: { before: [], after: inBoth } } },
      },
      { name: 'connected-app.scopes-changed', details: { changed: { contexts: { after: inRoot } } } },
    ])
  })

  it('counts a business group that ended no more [P86]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const robot = await makeRobot(root)
    const contexts = [{ scope: READ, organizationId: group.id }]
    await setContexts(as(root.owner), { appId: robot.id, version: 1, scopes: [READ], contexts })
    await database().update(organizations).set({ endedAt: new Date() }).where(eq(organizations.id, group.id))
    expect(await findContexts(robot.id)).toEqual([])
  })

  it('takes an environment of that organization where a scope needs one', async () => {
    const root = await makeOrganization()
    const other = await makeOrganization()
    const [scope = ''] = await makeApi(root, [{ needsOrganization: true, needsEnvironment: true }])
    const robot = await makeRobot(root)
    const kind = 'sandbox' as const
    const own = await createEnvironment(as(root.owner), { organizationId: root.id, name: 'Sandbox', kind })
    const foreign = await createEnvironment(as(other.owner), {
      organizationId: other.id,
      name: 'Sandbox',
      kind,
    })
    const choose = (environmentId?: (typeof own)['environmentId']) =>
      setContexts(as(root.owner), {
        appId: robot.id,
        version: 1,
        scopes: [scope],
        contexts: [{ scope, organizationId: root.id, environmentId }],
      })
    const refused = { code: 'invalid', fields: { 'contexts.0': expect.any(String) } }
    await expect(choose()).rejects.toMatchObject(refused)
    await expect(choose(foreign.environmentId)).rejects.toMatchObject(refused)
    await choose(own.environmentId)
    expect(await findContexts(robot.id)).toEqual([
      { scope, organizationId: root.id, environmentId: own.environmentId },
    ])
  })

  it('stays inside the business group the app resides in and below it [P130]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const below = await makeBusinessGroup(group)
    const sibling = await makeBusinessGroup(root)
    const robot = await makeRobot(group)
    const choose = (place: MadeOrganization) =>
      setContexts(as(root.owner), {
        appId: robot.id,
        version: 1,
        scopes: [READ],
        contexts: [{ scope: READ, organizationId: place.id }],
      })
    for (const place of [root, sibling]) {
      await expect(choose(place)).rejects.toMatchObject({ fields: { 'contexts.0': expect.any(String) } })
    }
    await choose(below)
  })

  it('gives nothing the actor may not do there, but lets stand what others gave [P129]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const lead = await makeMember(group, 'administrator')
    const robot = await makeRobot(group)
    const place = (scope: string) => ({ scope, organizationId: group.id })
    const choose = (actor: Parameters<typeof setContexts>[0], version: number, scopes: string[]) =>
      setContexts(actor, { appId: robot.id, version, scopes, contexts: scopes.map(place) })
    await expect(choose(as(lead), 1, ['audit:read'])).rejects.toMatchObject({ code: 'forbidden' })
    await choose(as(root.owner), 1, [READ])
    await choose(as(lead), 2, [READ, 'connected-apps:write'])
    expect(await findContexts(robot.id)).toHaveLength(2)
  })

  it('adds nothing of another organization’s API, and lets stand what the app has of one [P89]', async () => {
    const [root, stranger] = [await makeOrganization(), await makeOrganization()]
    const [held = '', more = ''] = await makeApi(root, [{}, {}])
    const robot = await makeApp({ organization: stranger, actsAs: 'itself', scopes: [held] })
    const choose = (version: number, scopes: string[]) =>
      setContexts(as(stranger.owner), { appId: robot.id, version, scopes, contexts: [] })
    await expect(choose(1, [held, more])).rejects.toMatchObject({
      fields: { 'scopes.1': `No API offers the scope ${more}.` },
    })
    await choose(1, [held])
  })

  it('refuses an app that would widen itself or what it registered, and lets it narrow itself [P131]', async () => {
    const root = await makeOrganization()
    const robot = await makeRobot(root)
    const child = await makeApp({
      organization: root,
      actsAs: 'itself',
      scopes: ['profile'],
      registeredByAppId: robot.id,
    })
    const actor = asApp(robot, ['connected-apps:write', READ], root)
    const contexts = [{ scope: READ, organizationId: root.id }]
    for (const appId of [robot.id, child.id]) {
      const widen = { appId, version: 1, scopes: [READ], contexts }
      await expect(setContexts(actor, widen)).rejects.toMatchObject({ code: 'forbidden' })
    }
    await setContexts(as(root.owner), { appId: robot.id, version: 1, scopes: [READ], contexts })
    await setContexts(actor, { appId: robot.id, version: 2, scopes: [], contexts: [] })
  })

  it('refuses a stale save, apps acting for people, and whoever may not see the app', async () => {
    const root = await makeOrganization()
    const robot = await makeRobot(root)
    const forPeople = await makeApp({ organization: root })
    const stranger = await makeOrganization()
    const member = await makeMember(root)
    const nothing = { version: 1, scopes: [], contexts: [] }
    await setContexts(as(root.owner), { appId: robot.id, ...nothing })
    await expect(setContexts(as(root.owner), { appId: robot.id, ...nothing })).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringMatching(/^You changed the scopes and the places/),
    })
    await expect(setContexts(as(root.owner), { appId: forPeople.id, ...nothing })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(setContexts(as(stranger.owner), { appId: robot.id, ...nothing })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(setContexts(as(member), { appId: robot.id, ...nothing })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
