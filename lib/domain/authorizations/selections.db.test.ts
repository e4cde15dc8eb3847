import { and, eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { installations } from '#db/schema/installations'
import { type Id, newId } from '#lib/base/ids'
import { as, asThrough } from '#test/actors'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { countRemoval } from '../installations/count-removal.ts'
import { freezeApp } from '../installations/freeze-app.ts'
import { getRemoval } from '../installations/get-removal.ts'
import { unfreezeApp } from '../installations/unfreeze-app.ts'
import { freezeApps } from './freeze-apps.ts'
import { previewAppsStop } from './preview-apps-stop.ts'
import { previewPeopleRemoval } from './preview-people-removal.ts'
import { removeApps } from './remove-apps.ts'
import { removeAuthorization } from './remove-authorization.ts'
import { removeChosenPeople } from './remove-chosen-people.ts'
import { removeForEveryone } from './remove-for-everyone.ts'
import { unfreezeApps } from './unfreeze-apps.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let apps: [MadeApp, MadeApp, MadeApp]
let member: MadeUser

beforeEach(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  const made = () => makeApp({ organization: elsewhere, audience: 'everyone' })
  apps = [await made(), await made(), await made()]
  member = await makeMember(here)
  for (const app of apps) await makeTokenFamily(await makeAuthorization(member, app, here), app)
})

const root = () => ({ rootOrganizationId: here.id })
const two = () => ({ ...root(), selection: { appIds: [apps[0].id, apps[1].id] } })
const admin = () => as(here.owner)
const installationOf = async (app: MadeApp) => {
  const [row] = await database()
    .select()
    .from(installations)
    .where(and(eq(installations.appId, app.id), eq(installations.rootOrganizationId, here.id)))
  return row
}

describe('stopping several apps', () => {
  it('counts what it would end, removes exactly those, with an event each and one receipt [P40] [P47]', async () => {
    const preview = await previewAppsStop(admin(), two())
    expect(preview).toMatchObject({
      apps: 2,
      frozen: 0,
      authorizations: 2,
      families: 2,
      tokens: 4,
      isExact: true,
    })
    expect(preview.names).toEqual([apps[0].name, apps[1].name].sort((a, b) => a.localeCompare(b)))

    const receipt = await removeApps(admin(), { ...two(), expectedFingerprint: preview.fingerprint })

    expect(receipt).toEqual({
      apps: 2,
      removalId: expect.any(String),
      isBlocked: false,
      frozen: 0,
      jwtsUntil: null,
    })
    expect(await Promise.all(apps.map((app) => countLive(app, here)))).toEqual([
      { people: 0, tokens: 0 },
      { people: 0, tokens: 0 },
      { people: 1, tokens: 2 },
    ])
    const removalId = receipt.removalId ?? newId('removal')
    await countRemoval({ removalId })
    expect(await getRemoval(admin(), { ...root(), removalId })).toMatchObject({
      kind: 'apps',
      apps: 2,
      authorizations: 2,
      families: 2,
      tokens: 4,
      isCounted: true,
    })
    const told = await database()
      .select()
      .from(events)
      .where(
        and(eq(events.rootOrganizationId, here.id), eq(events.name, 'authorizations.removed-for-everyone')),
      )
    expect(told.map((event) => event.appId).sort()).toEqual([apps[0].id, apps[1].id].sort())
  })

  it('takes all that match filters, and blocks them, if asked', async () => {
    await database()
      .update(installations)
      .set({ lastUsedAt: sql`now() - interval '100 days'` })
      .where(and(eq(installations.rootOrganizationId, here.id), eq(installations.appId, apps[2].id)))
    const selection = { matching: { unusedForDays: 90 } }
    expect(await previewAppsStop(admin(), { ...root(), selection })).toMatchObject({ apps: 1, tokens: 2 })
    expect(await removeApps(admin(), { ...root(), selection, alsoBlock: true })).toMatchObject({
      apps: 1,
      isBlocked: true,
    })
    expect((await installationOf(apps[2]))?.blockedAt).toBeInstanceOf(Date)
    expect((await installationOf(apps[0]))?.blockedAt).toBeNull()
    await expect(makeAuthorization(member, apps[2], here)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('freezes them, those frozen already staying as they are, and nothing ends', async () => {
    await freezeApp(admin(), { ...root(), appId: apps[0].id })
    const since = (await installationOf(apps[0]))?.frozenAt
    const { fingerprint, ...preview } = await previewAppsStop(admin(), { ...two(), act: 'freeze' })
    expect(preview).toMatchObject({ apps: 1, leftOut: 1, frozen: 0, tokens: 2, names: [apps[1].name] })
    expect(await freezeApps(admin(), { ...two(), expectedFingerprint: fingerprint })).toEqual({
      apps: 1,
      frozenAt: expect.any(Date),
      jwtsUntil: null,
    })
    expect((await installationOf(apps[0]))?.frozenAt).toEqual(since)
    expect((await installationOf(apps[1]))?.frozenAt).toBeInstanceOf(Date)
    expect(await countLive(apps[1], here)).toEqual({ people: 1, tokens: 0 })
  })

  it('unfreezes them, after telling how many go on, with an event each', async () => {
    for (const app of apps.slice(0, 2)) await freezeApp(admin(), { ...root(), appId: app.id })
    const all = { ...root(), selection: { matching: {} } }
    const { fingerprint, ...preview } = await previewAppsStop(admin(), { ...all, act: 'unfreeze' })
    expect(preview).toMatchObject({ apps: 2, leftOut: 1, frozen: 2, authorizations: 2, tokens: 4 })
    await freezeApp(admin(), { ...root(), appId: apps[2].id })
    await expect(unfreezeApps(admin(), { ...all, expectedFingerprint: fingerprint })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await unfreezeApps(admin(), two())).toEqual({ apps: 2 })
    expect(
      await Promise.all(apps.map(async (app) => (await installationOf(app))?.frozenAt === null)),
    ).toEqual([true, true, false])
    expect(await countLive(apps[0], here)).toEqual({ people: 1, tokens: 2 })
    const told = await database()
      .select()
      .from(events)
      .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, 'installation.unfrozen')))
    expect(told.map((event) => event.appId).sort()).toEqual([apps[0].id, apps[1].id].sort())
    await expect(unfreezeApps(admin(), two())).rejects.toMatchObject({ code: 'conflict' })
  })

  it('takes back just what one act froze: nothing from before, by others, or frozen anew since', async () => {
    const all = { ...root(), selection: { matching: {} } }
    await freezeApp(admin(), { ...root(), appId: apps[0].id })
    const { apps: frozen, frozenAt } = await freezeApps(admin(), all)
    expect(frozen).toBe(2)
    const undo = { ...all, frozenAt: frozenAt?.toISOString() }
    const other = as(await makeMember(here, 'administrator'))
    await expect(unfreezeApps(other, undo)).rejects.toMatchObject({ code: 'conflict' })
    await unfreezeApp(other, { ...root(), appId: apps[1].id })
    await freezeApp(other, { ...root(), appId: apps[1].id })
    expect(await unfreezeApps(admin(), undo)).toEqual({ apps: 1 })
    expect(
      await Promise.all(apps.map(async (app) => (await installationOf(app))?.frozenAt === null)),
    ).toEqual([false, false, true])
    expect(await freezeApps(admin(), two())).toMatchObject({ apps: 0, frozenAt: null })
  })

  it('is nothing an app does for itself: it cannot unfreeze itself with others [P131]', async () => {
    for (const app of apps.slice(0, 2)) await freezeApp(admin(), { ...root(), appId: app.id })
    const robot = asThrough(here.owner, apps[0], ['authorizations:remove', 'organizations:read'], here.id)
    await expect(unfreezeApps(robot, two())).rejects.toMatchObject({ code: 'forbidden' })
    expect((await installationOf(apps[1]))?.frozenAt).toBeInstanceOf(Date)
    expect(await unfreezeApps(robot, { ...root(), selection: { appIds: [apps[1].id] } })).toEqual({ apps: 1 })
    for (const verb of [freezeApps, unfreezeApps]) {
      await expect(verb(as(member), two())).rejects.toMatchObject({ code: 'forbidden' })
      await expect(verb(as(elsewhere.owner), two())).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  it('leaves frozen what is, has nothing to remove of what is only frozen, and ends a freeze by a block', async () => {
    await freezeApp(admin(), { ...root(), appId: apps[0].id })
    const receipt = await removeApps(admin(), two())
    expect(receipt).toMatchObject({ apps: 2, frozen: 1 })
    const removalId = receipt.removalId ?? newId('removal')
    expect(await getRemoval(admin(), { ...root(), removalId })).toMatchObject({ apps: 2, frozen: 1 })
    expect((await installationOf(apps[0]))?.frozenAt).toBeInstanceOf(Date)

    // The other one is in no list any more; this one is, and is found there to be unfrozen or blocked.
    expect(await previewAppsStop(admin(), two())).toMatchObject({ apps: 0, leftOut: 1, tokens: 0 })
    const block = { ...two(), act: 'block' as const }
    expect(await previewAppsStop(admin(), block)).toMatchObject({ apps: 1, leftOut: 0, frozen: 1 })
    await expect(removeApps(admin(), two())).rejects.toMatchObject({ code: 'conflict' })
    expect(await removeApps(admin(), { ...two(), alsoBlock: true })).toMatchObject({
      apps: 1,
      removalId: null,
      isBlocked: true,
      frozen: 0,
    })
    expect(await installationOf(apps[0])).toMatchObject({ frozenAt: null, blockedBy: here.owner.id })
    const [blocked] = await database()
      .select()
      .from(events)
      .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, 'installation.blocked')))
    expect(blocked).toMatchObject({ appId: apps[0].id, details: { endsFreeze: true } })
  })

  it('says that other apps are meant by now instead of acting on what was shown', async () => {
    const selection = { matching: {} }
    const { fingerprint } = await previewAppsStop(admin(), { ...root(), selection })
    const late = await makeApp({ organization: here })
    await makeAuthorization(member, late, here)
    const act = { ...root(), selection, expectedFingerprint: fingerprint }
    await expect(removeApps(admin(), act)).rejects.toMatchObject({ code: 'conflict' })
    await expect(freezeApps(admin(), act)).rejects.toMatchObject({ code: 'conflict' })
    expect(await countLive(apps[0], here)).toMatchObject({ people: 1 })
    // More people of the same apps are no other apps.
    const again = await previewAppsStop(admin(), { ...root(), selection })
    await makeAuthorization(await makeMember(here), late, here)
    expect(await removeApps(admin(), { ...act, expectedFingerprint: again.fingerprint })).toMatchObject({
      apps: 4,
    })
  })

  it('lets two selections that overlap end each app once', async () => {
    const outcomes = await Promise.allSettled([
      removeApps(admin(), two()),
      removeApps(admin(), { ...root(), selection: { appIds: [apps[1].id, apps[0].id] } }),
      removeForEveryone(admin(), { ...root(), appId: apps[1].id }),
    ])
    expect(outcomes.some((one) => one.status === 'fulfilled')).toBe(true)
    expect((await installationOf(apps[0]))?.epoch).toBe(1)
    expect((await installationOf(apps[1]))?.epoch).toBe(1)
  })

  it('refuses what nobody uses, too many, and whoever may not', async () => {
    const unused = await makeApp({ organization: here })
    await expect(
      removeApps(admin(), { ...root(), selection: { appIds: [unused.id] } }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
    const many = Array.from({ length: 201 }, () => newId('app'))
    await expect(freezeApps(admin(), { ...root(), selection: { appIds: many } })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(removeApps(as(member), two())).rejects.toMatchObject({ code: 'forbidden' })
    await expect(freezeApps(as(elsewhere.owner), two())).rejects.toMatchObject({ code: 'not-found' })
    await expect(previewAppsStop(as(member), two())).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('removing chosen people of an app', () => {
  it('ends theirs, all or none, and leaves everybody else’s [P46]', async () => {
    const [app] = apps
    const yeses: Id<'authorization'>[] = []
    for (let at = 0; at < 3; at += 1) {
      const yes = await makeAuthorization(await makeMember(here), app, here)
      await makeTokenFamily(yes, app)
      yeses.push(yes)
    }
    const chosen = { ...root(), appId: app.id, authorizationIds: yeses.slice(0, 2) }
    expect(await previewPeopleRemoval(admin(), chosen)).toMatchObject({
      people: 2,
      gone: 0,
      families: 2,
      tokens: 4,
    })

    const { removalId, ...receipt } = await removeChosenPeople(admin(), chosen)

    expect(receipt).toMatchObject({ people: 2, families: 2, tokens: 4, isExact: true })
    expect(await countLive(app, here)).toEqual({ people: 2, tokens: 4 })
    const counted = removalId ?? newId('removal')
    await countRemoval({ removalId: counted })
    expect(await getRemoval(admin(), { ...root(), removalId: counted })).toMatchObject({
      kind: 'people',
      authorizations: 2,
      parts: [{ authorizations: 1 }, { authorizations: 1 }],
    })
  })

  it('refuses when one of them has taken it back meanwhile, and ends nothing', async () => {
    const [app] = apps
    const other = await makeMember(here)
    const mine = await makeAuthorization(other, app, here)
    const theirs = await makeAuthorization(await makeMember(here), app, here)
    const chosen = { ...root(), appId: app.id, authorizationIds: [mine, theirs] }
    await removeAuthorization(as(other), { authorizationId: mine })
    expect(await previewPeopleRemoval(admin(), chosen)).toMatchObject({ people: 1, gone: 1 })
    await expect(removeChosenPeople(admin(), chosen)).rejects.toMatchObject({ code: 'conflict' })
    expect(await countLive(app, here)).toMatchObject({ people: 2 })
    await expect(removeChosenPeople(as(member), chosen)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(removeChosenPeople(as(elsewhere.owner), chosen)).rejects.toMatchObject({ code: 'not-found' })
  })
})
