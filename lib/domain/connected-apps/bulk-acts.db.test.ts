import { and, eq, inArray, sql } from 'drizzle-orm'
import { describe, expect, it, vi } from 'vitest'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import type { Id } from '#lib/base/ids'
import { as, asApp } from '#test/actors'
import { database, type Transaction, transaction } from '#test/database'
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
import { changeOwnerOfApps } from './change-owner-of-apps.ts'
import { disableApps } from './disable-apps.ts'
import { enableApps } from './enable-apps.ts'
import { SELECTED_APPS_MAX } from './schema.ts'
import { updateApp } from './update-app.ts'

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

async function limit(userId: Id<'user'>, organization: MadeOrganization, appsMax: number) {
  await database()
    .update(memberships)
    .set({ appsMax })
    .where(and(eq(memberships.userId, userId), eq(memberships.organizationId, organization.id)))
}
/** How many transactions wait for another one. */
async function waiting(tx: Transaction): Promise<number> {
  const [row] = await tx.execute<{ backends: number }>(sql`
    select count(*)::int as backends from pg_stat_activity
    where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`)
  return row?.backends ?? 0
}

/** What those who wait wait for. */
async function waitsFor(tx: Transaction): Promise<{ type: string; event: string }[]> {
  return tx.execute<{ type: string; event: string }>(sql`
    select wait_event_type as type, wait_event as event from pg_stat_activity
    where datname = current_database() and pg_backend_pid() = any(pg_blocking_pids(pid))`)
}

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
      jwtsUntil: null,
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
  it('moves those chosen, marks their secrets as due and records each with its former owner [P18] [P20] [P35] [AM-7]', async () => {
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

  it('leaves what is beyond a developer’s quota, by name, and says so beforehand [P118]', async () => {
    const root = await makeOrganization()
    const sales = await makeBusinessGroup(root, { name: 'Sales' })
    const inner = await makeBusinessGroup(sales, { name: 'Inner' })
    const care = await makeBusinessGroup(root)
    const ana = await makeMember(sales, 'developer')
    await makeMembership(inner, ana.id, 'developer')
    await makeMembership(care, ana.id, 'administrator')
    await limit(ana.id, sales, 3)
    await limit(ana.id, inner, 1)
    await makeApp({ organization: sales, ownerId: ana.id })
    const inInner = await makeApps(inner, 2)
    const inSales = await makeApps(sales, 2)
    const inCare = await makeApps(care, 4)
    const selection = { organizationId: root.id, appIds: idsOf([...inInner, ...inSales, ...inCare]) }
    // One of Inner's, one of Sales's: then Sales has its three. Where she administers there is no quota.
    const refused = [
      { appId: inInner[1]?.id, name: inInner[1]?.name, sentence: 'Beyond their quota: one app in Inner.' },
      { appId: inSales[1]?.id, name: inSales[1]?.name, sentence: 'Beyond their quota: 3 apps in Sales.' },
    ]
    for (const isPreview of [true, false]) {
      const receipt = await changeOwnerOfApps(as(root.owner), { selection, ownerId: ana.id, isPreview })
      expect(receipt).toMatchObject({ changed: 6, refusedCount: 2, refused: expect.arrayContaining(refused) })
    }
    const rows = await rowsOf([...inInner, ...inSales, ...inCare])
    expect(rows.filter(({ ownerId }) => ownerId === ana.id)).toHaveLength(6)
  })

  it('passes no quota when several hand over, and create, at once [P118]', async () => {
    for (let round = 0; round < rounds(3); round += 1) {
      const root = await makeOrganization()
      const ana = await makeMember(root, 'developer')
      await limit(ana.id, root, 5)
      const [some, others] = [await makeApps(root, 4), await makeApps(root, 4)]
      const handed = [some, others, others].map((apps) =>
        changeOwnerOfApps(as(root.owner), {
          selection: { organizationId: root.id, appIds: idsOf(apps) },
          ownerId: ana.id,
        }),
      )
      const app = await makeApp({ organization: root })
      const alone = updateApp(as(root.owner), { appId: app.id, version: 1, ownerId: ana.id })
      await Promise.allSettled([...handed, alone])
      const rows = await rowsOf([...some, ...others, app])
      expect(rows.filter(({ ownerId }) => ownerId === ana.id)).toHaveLength(5)
    }
  })

  it('sees a business group that moved away while it waited: neither its owner nor its actor rules there now [P21]', async () => {
    const root = await makeOrganization()
    const [sales, care] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const group = await makeBusinessGroup(sales)
    const lead = await makeMember(sales, 'administrator')
    const ana = await makeMember(sales, 'developer')
    const [first, last] = await makeApps(group, 2)
    const selection = { organizationId: root.id, appIds: idsOf([first as MadeApp, last as MadeApp]) }
    const { move, acts } = await transaction(async (tx) => {
      // Holds the second app: the move has the first one and waits, and whoever hands over waits for the move.
      await tx
        .select()
        .from(connectedApps)
        .where(eq(connectedApps.id, last?.id as Id<'app'>))
        .for('update')
      const moving = moveBusinessGroup(as(root.owner), {
        organizationId: group.id,
        parentId: care.id,
        version: 1,
      })
      await vi.waitUntil(async () => (await waiting(tx)) === 1)
      const acting = Promise.all(
        [root.owner, lead].map((actor) => changeOwnerOfApps(as(actor), { selection, ownerId: ana.id })),
      )
      await vi.waitUntil(async () => (await waiting(tx)) === 3)
      return { move: moving, acts: acting }
    })
    await move
    const [byOwner, byLead] = await acts
    expect(byOwner).toMatchObject({ changed: 0, refusedCount: 2 })
    expect(byLead).toMatchObject({ changed: 0, refusedCount: 0 })
    for (const row of await rowsOf([first as MadeApp, last as MadeApp])) {
      expect(row).toMatchObject({ ownerId: root.owner.id, version: 1 })
    }
  })

  it('and the deletion of a business group wait for each other, never in a circle', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const ana = await makeMember(group, 'developer')
    const [app] = (await makeApps(group, 1)) as [MadeApp]
    const selection = { organizationId: root.id, appIds: [app.id] }
    const { deleted, handed } = await transaction(async (tx) => {
      // The deletion has the tree and waits for this app; whoever hands over must not have the person's place by then.
      await tx.select().from(connectedApps).where(eq(connectedApps.id, app.id)).for('update')
      const deleting = deleteBusinessGroup(as(root.owner), {
        organizationId: group.id,
        name: group.name,
        appsTo: 'parent',
      })
      await vi.waitUntil(async () => (await waiting(tx)) === 1)
      const handing = changeOwnerOfApps(as(root.owner), { selection, ownerId: ana.id })
      await vi.waitUntil(async () => (await waiting(tx)) === 2)
      return { deleted: deleting, handed: handing }
    })
    expect(await deleted).toMatchObject({ keptApps: 1 })
    expect(await handed).toMatchObject({ changed: 0, refusedCount: 1 })
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

  it('as a bulk disable of the same apps, a removal holds them in the order of their ids, never in a circle', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const apps = await makeApps(root, 40)
    const [first, ...others] = idsOf(apps).sort()
    // Written in the other order, so that whoever takes them as they lie comes to the first one last.
    for (const id of [...others.reverse(), first as Id<'app'>])
      await database().update(connectedApps).set({ ownerId: ana.id }).where(eq(connectedApps.id, id))
    const removal = await transaction(async (tx) => {
      const hold = (ids: Id<'app'>[], how?: { noWait: true }) =>
        tx.select().from(connectedApps).where(inArray(connectedApps.id, ids)).for('no key update', how)
      // As a bulk disable that has come as far as the first.
      await hold([first as Id<'app'>])
      const removing = removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })
      await vi.waitUntil(async () => (await waiting(tx)) === 1)
      expect(await waitsFor(tx)).toEqual([{ type: 'Lock', event: 'transactionid' }])
      // It holds none of those behind: they are to be had at once.
      expect(await hold(others, { noWait: true })).toHaveLength(others.length)
      return { removing }
    })
    expect(await removal.removing).toEqual({ movedApps: 40 })
    for (const row of await rowsOf(apps)) expect(row.ownerId).toBe(root.owner.id)
  })

  it('a bulk disable waits for a removal that holds the apps, and both are done', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const apps = await makeApps(root, 3)
    await database()
      .update(connectedApps)
      .set({ ownerId: ana.id })
      .where(inArray(connectedApps.id, idsOf(apps)))
    const last = idsOf(apps).sort().at(-1) as Id<'app'>
    const both = await transaction(async (tx) => {
      await tx.select().from(connectedApps).where(eq(connectedApps.id, last)).for('no key update')
      const removing = removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })
      await vi.waitUntil(async () => (await waiting(tx)) === 1)
      const disabling = disableApps(as(root.owner), {
        selection: { organizationId: root.id, appIds: idsOf(apps) },
      })
      await vi.waitUntil(async () => (await waiting(tx)) === 2)
      return { removing, disabling }
    })
    expect(await both.removing).toEqual({ movedApps: 3 })
    expect(await both.disabling).toMatchObject({ changed: 3 })
    for (const row of await rowsOf(apps))
      expect(row).toMatchObject({ ownerId: root.owner.id, disabledAt: expect.any(Date) })
  })
})
