import { eq, inArray } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '#lib/base/ids'
import { as, asApp } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeApp,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { removeMember } from '../offboarding/remove-member.ts'
import { changeOwnerOfApps } from './change-owner-of-apps.ts'
import { disableApps } from './disable-apps.ts'
import { enableApps } from './enable-apps.ts'
import { SELECTED_APPS_MAX } from './schema.ts'

const rowsOf = (apps: readonly MadeApp[]) =>
  database()
    .select()
    .from(connectedApps)
    .where(
      inArray(
        connectedApps.id,
        apps.map((app) => app.id),
      ),
    )
    .orderBy(connectedApps.id)
const eventsOf = async (appId: Id<'app'>) =>
  (await database().select({ name: events.name }).from(events).where(eq(events.appId, appId))).map(
    ({ name }) => name,
  )
const idsOf = (apps: readonly MadeApp[]) => apps.map((app) => app.id)

async function makeApps(organization: Parameters<typeof makeApp>[0]['organization'], count: number) {
  const apps: MadeApp[] = []
  for (let at = 0; at < count; at += 1) apps.push(await makeApp({ organization }))
  return apps
}

describe('disabling and enabling many apps', () => {
  it('disables those chosen and records each, and enables them again [P33] [P35]', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 3)
    const off = await makeApp({ organization: root, disabledAt: new Date() })
    const selection = { organizationId: root.id, appIds: idsOf([...apps, off]) }
    expect(await disableApps(as(root.owner), { selection })).toMatchObject({
      changed: 3,
      unchanged: 1,
      refusedCount: 0,
    })
    for (const row of await rowsOf(apps))
      expect(row).toMatchObject({ disabledAt: expect.any(Date), disabledBy: root.owner.id })
    expect(await eventsOf(apps[0]?.id as Id<'app'>)).toEqual(['connected-app.disabled'])
    expect(await eventsOf(off.id)).toEqual([])
    expect(await enableApps(as(root.owner), { selection })).toMatchObject({ changed: 4, unchanged: 0 })
    for (const row of await rowsOf([...apps, off]))
      expect(row).toMatchObject({ disabledAt: null, disabledBy: null })
  })

  it('takes all that match, on however many pages, and nothing else', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const [inGroup] = await Promise.all([makeApps(group, 55), makeApps(root, 2)])
    const selection = { organizationId: root.id, matching: { filters: { residenceIds: [group.id] } } }
    expect(await disableApps(as(root.owner), { selection })).toMatchObject({ changed: 55 })
    expect((await rowsOf(inGroup)).every((row) => row.disabledAt)).toBe(true)
    const rest = { organizationId: root.id, matching: { filters: { state: 'enabled' as const } } }
    expect(await disableApps(as(root.owner), { selection: rest, isPreview: true })).toMatchObject({
      changed: 2,
    })
  })

  it('changes nothing as a preview, and says what would', async () => {
    const root = await makeOrganization()
    const used = await makeApp({ organization: root, lastUsedAt: new Date() })
    const idle = await makeApp({ organization: root })
    const selection = { organizationId: root.id, appIds: idsOf([used, idle]) }
    expect(await disableApps(as(root.owner), { selection, isPreview: true })).toEqual({
      changed: 2,
      unchanged: 0,
      usedToday: 1,
      refused: [],
      refusedCount: 0,
    })
    expect((await rowsOf([used, idle])).every((row) => row.disabledAt === null)).toBe(true)
    expect(await eventsOf(used.id)).toEqual([])
  })

  it('leaves out what the actor may not see, and refuses strangers like an absent organization [P1] [P3]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const lead = await makeMember(group, 'administrator')
    const member = await makeMember(root)
    const stranger = await makeOrganization()
    const inRoot = await makeApp({ organization: root })
    const inGroup = await makeApp({ organization: group })
    const foreign = await makeApp({ organization: stranger })
    const selection = { organizationId: root.id, appIds: idsOf([inRoot, inGroup, foreign]) }
    expect(await disableApps(as(lead), { selection })).toMatchObject({ changed: 1, refusedCount: 0 })
    expect((await rowsOf([inRoot, foreign])).every((row) => row.disabledAt === null)).toBe(true)
    await expect(disableApps(as(member), { selection })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(disableApps(as(stranger.owner), { selection })).rejects.toMatchObject({ code: 'not-found' })
    await expect(enableApps(as(stranger.owner), { selection })).rejects.toMatchObject({ code: 'not-found' })
    const own = { organizationId: stranger.id, appIds: idsOf([inRoot, foreign]) }
    expect(await disableApps(as(stranger.owner), { selection: own })).toMatchObject({ changed: 1 })
    expect((await rowsOf([inRoot]))[0]?.disabledAt).toBeNull()
  })

  it('names an app that enables itself, and leaves it as it is [P131]', async () => {
    const root = await makeOrganization()
    const robot = await makeApp({
      organization: root,
      name: 'Robot',
      actsAs: 'itself',
      disabledAt: new Date(),
    })
    const child = await makeApp({ organization: root, registeredByAppId: robot.id, disabledAt: new Date() })
    const other = await makeApp({ organization: root, disabledAt: new Date() })
    const selection = { organizationId: root.id, appIds: idsOf([robot, child, other]) }
    const actor = asApp(robot, ['connected-apps:read', 'connected-apps:write'], root)
    const receipt = await enableApps(actor, { selection })
    expect(receipt).toMatchObject({ changed: 1, refusedCount: 2 })
    expect(receipt.refused).toContainEqual({
      appId: robot.id,
      name: 'Robot',
      sentence: 'An app cannot do this for itself, nor for an app it registered.',
    })
    expect((await rowsOf([robot, child])).every((row) => row.disabledAt)).toBe(true)
  })

  it('takes none for none chosen, and refuses more than can be held at once', async () => {
    const root = await makeOrganization()
    const [app] = await makeApps(root, 1)
    expect(
      await disableApps(as(root.owner), { selection: { organizationId: root.id, appIds: [] } }),
    ).toMatchObject({ changed: 0 })
    const tooMany = Array.from({ length: SELECTED_APPS_MAX + 1 }, () => app?.id as Id<'app'>)
    await expect(
      disableApps(as(root.owner), { selection: { organizationId: root.id, appIds: tooMany } }),
    ).rejects.toMatchObject({ code: 'invalid' })
    const both = { organizationId: root.id, appIds: [], matching: { filters: {} } }
    await expect(disableApps(as(root.owner), { selection: both })).rejects.toMatchObject({ code: 'invalid' })
    await expect(
      disableApps(as(root.owner), { selection: { organizationId: root.id } }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  it('meets itself without waiting in a circle', async () => {
    const root = await makeOrganization()
    const apps = await makeApps(root, 20)
    const selection = (order: MadeApp[]) => ({ organizationId: root.id, appIds: idsOf(order) })
    await Promise.all(
      Array.from({ length: 6 }, (_, at) =>
        at % 2
          ? disableApps(as(root.owner), { selection: selection(apps) })
          : enableApps(as(root.owner), { selection: selection(apps.toReversed()) }),
      ),
    )
    expect(new Set((await rowsOf(apps)).map((row) => row.disabledAt === null)).size).toBe(1)
  })
})

describe('a permission held in one place only', () => {
  it('is asked for each app, and those not allowed are named [P3] [P118]', async () => {
    const root = await makeOrganization()
    const [group, other] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const lead = await makeMember(group, 'administrator')
    await makeMembership(other, lead.id, 'developer')
    const theirs = await makeApp({ organization: group })
    const mine = await makeApp({ organization: other, ownerId: lead.id, name: 'Mine' })
    const selection = { organizationId: root.id, appIds: idsOf([theirs, mine]) }
    const receipt = await changeOwnerOfApps(as(lead), { selection, ownerId: root.owner.id })
    expect(receipt).toMatchObject({ changed: 0, unchanged: 1, refused: [{ appId: mine.id, name: 'Mine' }] })
    expect(await disableApps(as(lead), { selection })).toMatchObject({ changed: 2, refusedCount: 0 })
  })
})

describe('handing many apps over', () => {
  it('moves those chosen, marks their secrets as due and records each with its former owner [P18] [P20] [P35]', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'administrator', { fullName: 'Ana Reyes' })
    const apps = await makeApps(root, 2)
    const spa = await makeApp({ organization: root, clientType: 'browser' })
    const hers = await makeApp({ organization: root, ownerId: ana.id })
    const selection = { organizationId: root.id, appIds: idsOf([...apps, spa, hers]) }
    expect(await changeOwnerOfApps(as(root.owner), { selection, ownerId: ana.id })).toMatchObject({
      changed: 3,
      unchanged: 1,
    })
    for (const row of await rowsOf(apps))
      expect(row).toMatchObject({ ownerId: ana.id, version: 2, rotationDueSince: expect.any(Date) })
    expect((await rowsOf([spa]))[0]).toMatchObject({ ownerId: ana.id, rotationDueSince: null })
    const [event] = await database()
      .select()
      .from(events)
      .where(eq(events.appId, apps[0]?.id as Id<'app'>))
    expect(event).toMatchObject({
      name: 'connected-app.owner-changed',
      details: { previousOwner: root.owner.fullName, newOwner: 'Ana Reyes', trigger: 'edited', version: 2 },
    })
  })

  it('refuses, app by app, a person who neither administers nor develops where it resides [P21]', async () => {
    const root = await makeOrganization()
    const [sales, support] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const lead = await makeMember(sales, 'developer')
    const inSales = await makeApp({ organization: sales })
    const inSupport = await makeApp({ organization: support, name: 'Support desk' })
    const selection = { organizationId: root.id, appIds: idsOf([inSales, inSupport]) }
    const receipt = await changeOwnerOfApps(as(root.owner), { selection, ownerId: lead.id })
    expect(receipt).toMatchObject({
      changed: 1,
      refused: [{ name: 'Support desk', sentence: 'They neither administer nor develop where it resides.' }],
    })
    expect((await rowsOf([inSupport]))[0]).toMatchObject({ ownerId: root.owner.id, version: 1 })
  })

  it('is refused to a developer, who hands over nothing, and refuses who has no account', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const app = await makeApp({ organization: root, ownerId: developer.id, name: 'Mine' })
    const selection = { organizationId: root.id, appIds: [app.id] }
    await expect(
      changeOwnerOfApps(as(developer), { selection, ownerId: root.owner.id }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    const nobody = { selection, ownerId: 'usr_01h455vb4pex5vsknk084sn02q' as Id<'user'> }
    await expect(changeOwnerOfApps(as(root.owner), nobody)).rejects.toMatchObject({
      code: 'invalid',
      fields: { ownerId: 'There is no active account of that person.' },
    })
    const stranger = await makeOrganization()
    await expect(changeOwnerOfApps(as(stranger.owner), nobody)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('never leaves an app with a person who is removed meanwhile [P9] [P10]', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const apps = await makeApps(root, 10)
    const selection = { organizationId: root.id, appIds: idsOf(apps) }
    await Promise.all([
      changeOwnerOfApps(as(root.owner), { selection, ownerId: ana.id }),
      removeMember(as(root.owner), { userId: ana.id, organizationId: root.id }),
    ])
    expect(new Set((await rowsOf(apps)).map((row) => row.ownerId))).toEqual(new Set([root.owner.id]))
  })
})
