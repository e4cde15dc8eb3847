import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Transaction } from '#db/client'
import { events } from '#db/schema/audit'
import { apis, appContexts, connectedApps } from '#db/schema/connected-apps'
import { organizationAncestors, organizations } from '#db/schema/organizations'
import type { Id } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeOrganization,
  makeApi,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { rounds } from '#test/rounds'
import { isSomebodyWaitingFor } from '#test/waiting'
import { findContexts } from '../connected-apps/find-contexts.ts'
import { getApp } from '../connected-apps/get-app.ts'
import { setContexts } from '../connected-apps/set-contexts.ts'
import { setIntrospection } from '../connected-apps/set-introspection.ts'
import { updateApp } from '../connected-apps/update-app.ts'
import { updateOrganization } from '../organizations/update-organization.ts'
import type { Actor } from '../permissions/actor.ts'
import { changeRole } from './change-role.ts'
import { moveBusinessGroup } from './move-business-group.ts'
import { previewMove } from './preview-move.ts'

type Places = {
  root: MadeOrganization
  sales: MadeOrganization
  north: MadeOrganization
  care: MadeOrganization
}

/** A root with Sales, North below Sales, and Care. */
async function makeTree(): Promise<Places> {
  const root = await makeOrganization({ name: 'Acme' })
  const sales = await makeBusinessGroup(root, { name: 'Sales' })
  const north = await makeBusinessGroup(sales, { name: 'North' })
  return { root, sales, north, care: await makeBusinessGroup(root, { name: 'Care' }) }
}

const versionOf = async (id: Id<'organization'>) => {
  const [row] = await database().select().from(organizations).where(eq(organizations.id, id))
  return row?.version ?? 0
}
const move = async (actor: Actor, group: MadeOrganization, parent: MadeOrganization) =>
  moveBusinessGroup(actor, {
    organizationId: group.id,
    parentId: parent.id,
    version: await versionOf(group.id),
  })
const ownerOf = async (appId: Id<'app'>) => {
  const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, appId))
  return row?.ownerId
}
const recordedIn = (organizationId: Id<'organization'>) =>
  database().select().from(events).where(eq(events.organizationId, organizationId)).orderBy(events.id)
const aboveOf = async (organizationId: Id<'organization'>) => {
  const rows = await database()
    .select()
    .from(organizationAncestors)
    .where(eq(organizationAncestors.organizationId, organizationId))
    .orderBy(organizationAncestors.depth)
  return rows.map((row) => row.ancestorId)
}

describe('moving a business group', () => {
  it('takes everything below it along, and is recorded with both places', async () => {
    const { root, sales, north, care } = await makeTree()
    const shop = await makeBusinessGroup(north, { name: 'Shop' })
    expect(await move(as(root.owner), north, care)).toEqual({
      version: 2,
      movedApps: 0,
      ended: { contexts: 0, apps: 0 },
    })
    expect(await aboveOf(shop.id)).toEqual([shop.id, north.id, care.id, root.id])
    expect(await recordedIn(north.id)).toMatchObject([
      {
        name: 'business-group.moved',
        subjectName: 'North',
        details: {
          version: 2,
          before: 'Sales',
          after: 'Care',
          changed: { parentId: { before: sales.id, after: care.id } },
        },
      },
    ])
  })

  it('changes who has rights in it at the very next call, for people and for apps acting for them [P4] [P87] [P88]', async () => {
    const { root, sales, north, care } = await makeTree()
    const [tool, app] = [await makeApp({ organization: root }), await makeApp({ organization: north })]
    const [former, future] = [
      await makeMember(sales, 'administrator'),
      await makeMember(care, 'administrator'),
    ]
    const sees = async (person: typeof former) => {
      const asked = [as(person), asThrough(person, tool, ['connected-apps:read'])].map((actor) =>
        getApp(actor, app.id).then(
          () => true,
          () => false,
        ),
      )
      return Promise.all(asked)
    }
    expect([await sees(former), await sees(future)]).toEqual([
      [true, true],
      [false, false],
    ])
    await move(as(root.owner), north, care)
    expect([await sees(former), await sees(future)]).toEqual([
      [false, false],
      [true, true],
    ])
    await expect(getApp(as(former), app.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('hands apps whose owner had their right from the former place to the root’s owner, and no other [P10] [P12] [P14]', async () => {
    const { root, sales, north, care } = await makeTree()
    const shop = await makeBusinessGroup(north)
    const [fromAbove, both, own, below] = [
      await makeMember(sales, 'developer'),
      await makeMember(sales, 'administrator'),
      await makeMember(north, 'developer'),
      await makeMember(shop, 'developer'),
    ]
    await makeMembership(care, both.id, 'developer')
    const inNorth = await makeApp({ organization: north, ownerId: fromAbove.id })
    const inShop = await makeApp({ organization: shop, ownerId: fromAbove.id })
    const inSales = await makeApp({ organization: sales, ownerId: fromAbove.id })
    const kept = [
      await makeApp({ organization: north, ownerId: both.id }),
      await makeApp({ organization: north, ownerId: own.id }),
      await makeApp({ organization: shop, ownerId: below.id }),
    ]
    expect(await move(as(root.owner), north, care)).toMatchObject({ movedApps: 2 })
    expect([await ownerOf(inNorth.id), await ownerOf(inShop.id)]).toEqual([root.owner.id, root.owner.id])
    expect(await ownerOf(inSales.id)).toBe(fromAbove.id)
    expect(await Promise.all(kept.map((app) => ownerOf(app.id)))).toEqual([both.id, own.id, below.id])
    const [handed] = await database().select().from(events).where(eq(events.appId, inShop.id))
    expect(handed).toMatchObject({
      name: 'connected-app.owner-changed',
      actorUserId: root.owner.id,
      details: {
        previousOwner: fromAbove.fullName,
        newOwner: root.owner.fullName,
        trigger: 'rights-lost',
        changed: { ownerId: { before: fromAbove.id, after: root.owner.id } },
      },
    })
    expect(await getApp(as(root.owner), inNorth.id)).toMatchObject({
      rotationDueSince: expect.any(Date),
      version: 2,
    })
  })

  it('ends places outside their app’s residence, for tokens already out, and keeps those inside [P86] [P130]', async () => {
    const { root, sales, north, care } = await makeTree()
    const [scope = ''] = await makeApi(root, [{ needsOrganization: true }])
    const robotIn = (organization: MadeOrganization) =>
      makeApp({ organization, actsAs: 'itself', scopes: ['profile', scope] })
    const [ofSales, ofNorth, ofRoot] = [await robotIn(sales), await robotIn(north), await robotIn(root)]
    const place = (app: { id: Id<'app'> }, ...places: MadeOrganization[]) =>
      database()
        .insert(appContexts)
        .values(places.map(({ id }) => ({ appId: app.id, scope, organizationId: id })))
    await place(ofSales, sales, north)
    await place(ofNorth, north)
    await place(ofRoot, north, care)
    const preview = await previewMove(as(root.owner), { organizationId: north.id, parentId: care.id })
    expect(preview).toMatchObject({ endedContexts: 1, endedContextsApps: 1 })
    expect(await move(as(root.owner), north, care)).toMatchObject({ ended: { contexts: 1, apps: 1 } })
    const placesOf = async (app: { id: Id<'app'> }) =>
      (await findContexts(app.id)).map(({ organizationId }) => organizationId).sort()
    expect(await placesOf(ofSales)).toEqual([sales.id])
    expect(await placesOf(ofNorth)).toEqual([north.id])
    expect(await placesOf(ofRoot)).toEqual([north.id, care.id].sort())
    const [told] = await database().select().from(events).where(eq(events.appId, ofSales.id))
    expect(told).toMatchObject({
      name: 'connected-app.scopes-changed',
      details: {
        version: 2,
        trigger: 'group-moved',
        changed: {
          contexts: {
            before: expect.arrayContaining([
              { scope, organizationId: sales.id },
              { scope, organizationId: north.id },
            ]),
            after: [{ scope, organizationId: sales.id }],
          },
        },
      },
    })
  })

  it('is told before in the numbers that it then has', async () => {
    const { root, sales, north, care } = await makeTree()
    const shop = await makeBusinessGroup(north)
    const losing = await makeMember(sales, 'developer')
    await makeMember(care, 'administrator')
    await makeMember(care, 'developer')
    await makeMember(care)
    await makeApp({ organization: shop, ownerId: losing.id })
    await makeApp({ organization: north })
    const preview = await previewMove(as(root.owner), { organizationId: north.id, parentId: care.id })
    expect(preview).toEqual({
      groups: 2,
      apps: 2,
      movedApps: 1,
      rootOwner: root.owner.fullName,
      endedContexts: 0,
      endedContextsApps: 0,
      peopleLosing: 1,
      peopleGaining: 2,
    })
    const moved = await move(as(root.owner), north, care)
    expect(moved).toMatchObject({ movedApps: preview.movedApps })
  })

  it('to where it stands changes and records nothing', async () => {
    const { root, sales, north } = await makeTree()
    expect(await move(as(root.owner), north, sales)).toMatchObject({ version: 1, movedApps: 0 })
    expect(await recordedIn(north.id)).toEqual([])
  })

  it('is done by an app that holds the scope in all three organizations, and by none that lacks one', async () => {
    const { root, sales, north, care } = await makeTree()
    const robot = await makeApp({ organization: root })
    const holding = (...places: MadeOrganization[]) => asApp(robot, ['organizations:write'], ...places)
    for (const places of [
      [sales, north],
      [north, care],
      [sales, care],
    ]) {
      await expect(move(holding(...places), north, care)).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect(await move(holding(sales, north, care), north, care)).toMatchObject({ version: 2 })
  })
})

describe('moving a business group is refused', () => {
  it('below itself, which would be a cycle', async () => {
    const { root, sales, north } = await makeTree()
    for (const parent of [sales, north]) {
      await expect(move(as(root.owner), sales, parent)).rejects.toMatchObject({
        code: 'invalid',
        fields: { parentId: expect.any(String) },
      })
    }
  })

  it('to the root organization itself, to another tree, and beside a namesake', async () => {
    const { root, north, care } = await makeTree()
    await expect(move(as(root.owner), root, care)).rejects.toMatchObject({ code: 'invalid' })
    const other = await makeOrganization()
    await expect(move(as(root.owner), north, other)).rejects.toMatchObject({ code: 'not-found' })
    await makeMembership(other, root.owner.id, 'administrator')
    await expect(move(as(root.owner), north, other)).rejects.toMatchObject({
      code: 'invalid',
      fields: { parentId: expect.any(String) },
    })
    await makeBusinessGroup(care, { name: 'NORTH' })
    await expect(move(as(root.owner), north, care)).rejects.toMatchObject({
      code: 'conflict',
      fields: { parentId: expect.any(String) },
    })
    await expect(
      previewMove(as(root.owner), { organizationId: north.id, parentId: care.id }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('where the tree would go deeper than ten levels', async () => {
    const { root, sales, care } = await makeTree()
    let deep = care
    for (let level = 3; level <= 8; level += 1) deep = await makeBusinessGroup(deep)
    // Eight levels down to the parent and two of Sales and North make ten; one more below North is one too many.
    expect(await move(as(root.owner), sales, deep)).toMatchObject({ version: 2 })
    await move(as(root.owner), sales, root)
    const deeper = await makeBusinessGroup(deep)
    await expect(move(as(root.owner), sales, deeper)).rejects.toMatchObject({ code: 'limit-reached' })
  })

  it('to whoever does not administer where it stands and where it goes', async () => {
    const { root, sales, north, care } = await makeTree()
    const [ofNorth, ofSales, ofCare] = [
      await makeMember(north, 'administrator'),
      await makeMember(sales, 'administrator'),
      await makeMember(care, 'administrator'),
    ]
    await makeMembership(care, ofNorth.id, 'administrator')
    // Administers it and where it goes, not where it stands.
    await expect(move(as(ofNorth), north, care)).rejects.toMatchObject({ code: 'forbidden' })
    // Administers it and where it stands; where it goes is out of reach.
    await expect(move(as(ofSales), north, care)).rejects.toMatchObject({ code: 'not-found' })
    await expect(move(as(ofCare), north, care)).rejects.toMatchObject({ code: 'not-found' })
    await expect(move(as(await makeMember(root)), north, care)).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = (await makeOrganization()).owner
    await expect(move(as(stranger), north, care)).rejects.toMatchObject({ code: 'not-found' })
    await makeMembership(care, ofSales.id, 'administrator')
    expect(await move(as(ofSales), north, care)).toMatchObject({ version: 2 })
  })

  it('with an app that introspects, under administrators other than the root’s: naming the app [P115]', async () => {
    const { root, sales, north, care } = await makeTree()
    const shop = await makeBusinessGroup(north, { name: 'Shop' })
    const lead = await makeMember(sales, 'administrator')
    await makeMembership(care, lead.id, 'administrator')
    const server = await makeApp({ organization: shop })
    await makeApi(root, [{ resourceServerAppId: server.id }])
    const [api] = await database().select().from(apis).where(eq(apis.resourceServerAppId, server.id))
    const machine = await makeApp({ organization: root })
    const robot = asApp(machine, ['organizations:write'], sales, north, care)
    const input = { organizationId: north.id, parentId: care.id }
    const expectRefused = async (start: string) => {
      const sentence = `${start}: only an administrator of the root organization can bring it below Care, or take that from it first.`
      for (const actor of [as(lead), robot])
        for (const act of [
          () => previewMove(actor, input),
          () => moveBusinessGroup(actor, { ...input, version: 1 }),
        ])
          await expect(act()).rejects.toMatchObject({ code: 'invalid', fields: { parentId: sentence } })
      expect(await aboveOf(north.id)).toEqual([north.id, sales.id, root.id])
      expect(await recordedIn(north.id)).toEqual([])
    }
    await expectRefused(`${server.name} answers for the API ${api?.name}`)
    const gateway = await makeApp({ organization: north, introspectsOrganization: true })
    await expectRefused(`${gateway.name} introspects for the whole organization`)
    await database().update(apis).set({ endedAt: new Date() }).where(eq(apis.resourceServerAppId, server.id))
    await setIntrospection(as(root.owner), { appId: gateway.id, isOn: false })
    expect(await previewMove(as(lead), input)).toMatchObject({ apps: 2 })
    await setIntrospection(as(root.owner), { appId: gateway.id, isOn: true })
    expect(await move(as(root.owner), north, care)).toMatchObject({ version: 2 })
  })

  it('never for an app that introspects, to right below the root: nobody comes to rule it', async () => {
    const { root, sales, north } = await makeTree()
    await makeApp({ organization: north, introspectsOrganization: true })
    const machine = await makeApp({ organization: root })
    const robot = asApp(machine, ['organizations:write'], root, sales, north)
    expect(await move(robot, north, root)).toMatchObject({ version: 2 })
  })

  it('over somebody’s newer save, saying what they changed', async () => {
    const { root, north, care } = await makeTree()
    const second = await makeMember(root, 'administrator')
    await updateOrganization(as(second), { organizationId: north.id, version: 1, name: 'Far North' })
    const stale = { organizationId: north.id, parentId: care.id, version: 1 }
    await expect(moveBusinessGroup(as(root.owner), stale)).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringContaining(`${second.fullName} changed the name`),
    })
  })
})

describe('at the same moment', () => {
  it('two moves that together would make a cycle: one is refused', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { root, sales, care } = await makeTree()
      const outcomes = await Promise.allSettled([
        move(as(root.owner), sales, care),
        move(as(root.owner), care, sales),
      ])
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'invalid' },
      })
    }
  })

  it('a move and a change of role leave no app with an owner who has no right', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { root, sales, north, care } = await makeTree()
      const person = await makeMember(sales, 'developer')
      await makeMembership(care, person.id, 'developer')
      const app = await makeApp({ organization: north, ownerId: person.id })
      // Either act alone leaves them the right: by the other place. Both together do not.
      await Promise.all([
        move(as(root.owner), north, care),
        changeRole(as(root.owner), { userId: person.id, organizationId: care.id, role: 'member' }),
      ])
      expect(await ownerOf(app.id)).toBe(root.owner.id)
    }
  })

  it('a move waits for a hand-over to somebody from the former place, and takes the app from them', async () => {
    const { root, sales, north, care } = await makeTree()
    const person = await makeMember(sales, 'developer')
    const app = await makeApp({ organization: north })
    const moving = await whileHeld(
      app.id,
      () => move(as(root.owner), north, care),
      // As a hand-over does: the person has their right still, and nobody has seen them as the owner yet.
      (tx) => tx.update(connectedApps).set({ ownerId: person.id }).where(eq(connectedApps.id, app.id)),
    )
    expect(moving).toMatchObject({ movedApps: 1 })
    expect(await ownerOf(app.id)).toBe(root.owner.id)
  })

  it('a move waits for a choice of places, and ends those that lie outside the app’s residence', async () => {
    const { root, sales, north, care } = await makeTree()
    const [scope = ''] = await makeApi(root, [{ needsOrganization: true }])
    const robot = await makeApp({ organization: sales, actsAs: 'itself', scopes: ['profile', scope] })
    const moving = await whileHeld(
      robot.id,
      () => move(as(root.owner), north, care),
      (tx) =>
        tx
          .insert(appContexts)
          .values([sales, north].map(({ id }) => ({ appId: robot.id, scope, organizationId: id }))),
    )
    expect(moving).toMatchObject({ ended: { contexts: 1, apps: 1 } })
    expect((await findContexts(robot.id)).map(({ organizationId }) => organizationId)).toEqual([sales.id])
  })

  it('and so with the verbs themselves', async () => {
    for (let round = 0; round < rounds(4); round += 1) {
      const { root, sales, north, care } = await makeTree()
      const person = await makeMember(sales, 'developer')
      const [scope = ''] = await makeApi(root, [{ needsOrganization: true }])
      const app = await makeApp({ organization: north })
      const robot = await makeApp({ organization: sales, actsAs: 'itself', scopes: ['profile', scope] })
      const contexts = [sales, north].map(({ id }) => ({ scope, organizationId: id }))
      const [moved] = await Promise.allSettled([
        move(as(root.owner), north, care),
        updateApp(as(root.owner), { appId: app.id, version: 1, ownerId: person.id }),
        setContexts(as(root.owner), { appId: robot.id, version: 1, scopes: [scope], contexts }),
      ])
      expect(moved.status).toBe('fulfilled')
      expect(await ownerOf(app.id)).toBe(root.owner.id)
      const places = (await findContexts(robot.id)).map(({ organizationId }) => organizationId)
      expect(places).not.toContain(north.id)
    }
  })
})

/** Begins `act` while an app is held as whoever changes it holds it, changes it once `act` waits or is done, and lets go. */
async function whileHeld<T>(
  appId: Id<'app'>,
  act: () => Promise<T>,
  change: (tx: Transaction) => Promise<unknown>,
): Promise<T> {
  const begun = await database().transaction(async (tx) => {
    await tx.select().from(connectedApps).where(eq(connectedApps.id, appId)).for('no key update')
    let isDone = false
    const result = act().finally(() => {
      isDone = true
    })
    while (!isDone && !(await isSomebodyWaitingFor(tx))) await new Promise(setImmediate)
    await change(tx)
    return { result }
  })
  return begun.result
}
