import { and, eq, type SQL, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database, transaction } from '#db/client'
import { allowlists } from '#db/schema/allowlist'
import { authorizations, tokens } from '#db/schema/authorizations'
import { scopes } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { memberships } from '#db/schema/organizations'
import { type Cursor, writeCursor } from '#lib/base/cursor'
import { type Id, newId, uuidOf } from '#lib/base/ids'
import { as, asThrough } from '#test/actors'
import { makeAuthorization, makeTokenFamily } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApi,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { addEntry } from '../allowlist/add-entry.ts'
import { draftRequest } from '../allowlist/draft-request.ts'
import { requestApproval } from '../allowlist/request-approval.ts'
import { disableApp } from '../connected-apps/disable-app.ts'
import { syncBuiltInScopes } from '../connected-apps/sync-built-in-scopes.ts'
import { blockApp } from '../installations/block-app.ts'
import { freezeApp } from '../installations/freeze-app.ts'
import { setNetworks } from '../installations/set-networks.ts'
import { unfreezeApp } from '../installations/unfreeze-app.ts'
import { countAuthorizedApps } from './count-authorized-apps.ts'
import { countTokensOfApp } from './count-tokens-of-app.ts'
import { getAuthorizedApp } from './get-authorized-app.ts'
import { getPersonOfApp } from './get-person-of-app.ts'
import { listAuthorizedApps } from './list-authorized-apps.ts'
import { listMyAuthorizations } from './list-my-authorizations.ts'
import { furtherOf, listPeopleOfApp, selectPeopleOfApp } from './list-people-of-app.ts'
import { listTokenFamilies } from './list-token-families.ts'
import { previewRemoval } from './preview-removal.ts'
import { removeForEveryone } from './remove-for-everyone.ts'
import type { AuthorizedAppsFilters } from './schema.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let member: MadeUser
let root: { rootOrganizationId: MadeOrganization['id'] }

beforeEach(async () => {
  await syncBuiltInScopes('http://localhost:3000')
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  app = await makeApp({
    organization: elsewhere,
    audience: 'everyone',
    scopes: ['openid', 'profile', 'offline_access'],
  })
  member = await makeMember(here)
  root = { rootOrganizationId: here.id }
})

const runOut = (familyId: Id<'tokenFamily'>) =>
  database()
    .update(tokens)
    .set({ expiresAt: sql`now() - interval '1 minute'` })
    .where(eq(tokens.familyId, familyId))

const use = (which: MadeApp, minutesAgo: number) =>
  database()
    .update(installations)
    .set({ lastUsedAt: sql`now() - make_interval(mins => ${minutesAgo})` })
    .where(and(eq(installations.appId, which.id), eq(installations.rootOrganizationId, here.id)))
const listed = async (more: object = {}) =>
  (await listAuthorizedApps(as(here.owner), { ...root, ...more })).rows

describe('listAuthorizedApps', () => {
  it('has one row for each app that somebody here authorized, own or foreign, and none for the others [P36] [P45]', async () => {
    const mine = await makeApp({ organization: here })
    const [removed] = await Promise.all([
      makeApp({ organization: elsewhere, audience: 'everyone' }),
      makeApp({ organization: here, actsAs: 'itself' }),
      makeApp({ organization: here }),
    ])
    for (const person of [member, await makeMember(here)])
      await makeAuthorization(person, app, here, ['openid'])
    await makeAuthorization(await makeMember(here), app, here, ['openid', 'profile'])
    await makeAuthorization(member, mine, here, ['profile'])
    await makeAuthorization(member, removed, here)
    await removeForEveryone(as(here.owner), { ...root, appId: removed.id })
    await makeAuthorization(elsewhere.owner, removed, elsewhere)
    await use(app, 5)

    const { rows } = await listAuthorizedApps(as(here.owner), root)
    const { total } = await countAuthorizedApps(as(here.owner), root)

    expect(total).toBe(2)
    expect(rows).toMatchObject([
      {
        appId: app.id,
        publisher: elsewhere.name,
        isInternal: false,
        people: 3,
        scopes: 2,
        listing: 'no-entry',
      },
      {
        appId: mine.id,
        publisher: here.name,
        isInternal: true,
        people: 1,
        scopes: 1,
        listing: 'internal',
        lastUsedAt: null,
      },
    ])
    expect(rows[0]?.lastUsedAt).toBeInstanceOf(Date)
    expect(rows[0]?.firstUsedAt).toBeInstanceOf(Date)
  })

  it('has those that are frozen, too, used or not, in every order and count: there they are unfrozen', async () => {
    const unused = await makeApp({ organization: elsewhere, audience: 'everyone' })
    for (const one of [app, unused]) await makeAuthorization(member, one, here)
    for (const one of [app, unused]) await freezeApp(as(here.owner), { ...root, appId: one.id })
    await removeForEveryone(as(here.owner), { ...root, appId: unused.id })
    const numbers = [
      { appId: app.id, people: 1, isFrozen: true },
      { appId: unused.id, people: 0, isFrozen: true, risk: 'low', scopes: 0 },
    ]
    for (const more of [
      { sort: 'people' },
      { sort: 'name', isFrozen: true },
      { sort: 'last-used', search: elsewhere.name },
    ]) {
      const rows = await listed(more)
      expect(rows.sort((a, b) => b.people - a.people)).toMatchObject(numbers)
      const { sort: _, ...filters } = more
      expect(await countAuthorizedApps(as(here.owner), { ...root, ...filters })).toMatchObject({ total: 2 })
    }
    expect(await listed({ isFrozen: false })).toEqual([])
  })

  it('drops an app when the last person who authorized it left [P36]', async () => {
    await makeAuthorization(member, app, here)
    await database().update(memberships).set({ endedAt: new Date() }).where(eq(memberships.userId, member.id))
    expect(await listed()).toEqual([])
  })

  it('says whether an app is listed, and when people ask for more', async () => {
    await makeAuthorization(member, app, here, ['openid'])
    await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['openid'] })
    expect(await listed()).toMatchObject([{ listing: 'listed' }])
    const { requestId } = await draftRequest(as(member), { ...root, appId: app.id, scopes: ['profile'] })
    expect(await listed()).toMatchObject([{ listing: 'listed' }])
    await requestApproval(as(member), { requestId })
    expect(await listed()).toMatchObject([{ listing: 'asks-more' }])
  })

  it('finds apps by name, publisher, client ID and people, sign for sign', async () => {
    const other = await makeApp({ organization: here, name: `100% Ours_${newId('app')}` })
    const person = await makeMember(here, 'member', { fullName: 'Zoë Quill' })
    await makeAuthorization(member, app, here)
    await makeAuthorization(person, other, here)
    const found = async (search: string) => (await listed({ search })).map((row) => row.appId)
    expect(await found('100% ours_')).toEqual([other.id])
    expect(await found('zoë')).toEqual([other.id])
    expect(await found(person.email)).toEqual([other.id])
    expect(await found(app.clientId)).toEqual([app.id])
    expect(await found(elsewhere.name)).toEqual([app.id])
    expect(await found('100_')).toEqual([])
  })

  it('shows internal apps alone, or the others, if asked [P80] [P81]', async () => {
    const mine = await makeApp({ organization: await makeBusinessGroup(here), audience: 'everyone' })
    for (const one of [app, mine]) await makeAuthorization(member, one, here)
    const shown = async (isInternal?: boolean) =>
      (await listed({ isInternal })).map((row) => row.appId).sort()
    expect(await shown(true)).toEqual([mine.id])
    expect(await shown(false)).toEqual([app.id])
    expect(await shown()).toEqual([app.id, mine.id].sort())
    expect(await countAuthorizedApps(as(here.owner), { ...root, isInternal: true })).toMatchObject({
      total: 1,
    })
  })

  it('pages by last use and by name without losing or repeating a row', async () => {
    const apps = []
    const another = await makeMember(here)
    for (let at = 0; at < 53; at += 1) {
      const one = await makeApp({
        organization: here,
        name: `App ${String(at).padStart(2, '0')} ${newId('app')}`,
      })
      // One person alone may not allow so many.
      await makeAuthorization(at % 2 === 0 ? member : another, one, here)
      if (at % 3 > 0) await use(one, at)
      apps.push(one)
    }
    const names = apps.map((one) => one.name)
    for (const sort of ['name', 'last-used', 'people'] as const) {
      const first = await listAuthorizedApps(as(here.owner), { ...root, sort })
      const second = await listAuthorizedApps(as(here.owner), { ...root, sort, cursor: first.next })
      const seen = [...first.rows, ...second.rows]
      expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 3, null])
      expect(seen.map((row) => row.name).sort()).toEqual(names)
      if (sort === 'name') expect(seen.map((row) => row.name)).toEqual(names)
      if (sort === 'last-used') {
        const uses = seen.map((row) => row.lastUsedAt?.getTime() ?? 0)
        expect(uses).toEqual([...uses].sort((a, b) => b - a))
      }
    }
  })
})

describe('the filters of the Authorizations list', () => {
  const daysAgo = (which: MadeApp, days: number | null, firstDays = 400) =>
    database()
      .update(installations)
      .set({
        lastUsedAt: days === null ? null : sql`now() - make_interval(days => ${days})`,
        firstAuthorizedAt: sql`now() - make_interval(days => ${firstDays})`,
      })
      .where(and(eq(installations.appId, which.id), eq(installations.rootOrganizationId, here.id)))
  const names = async (filters: object) => (await listed({ ...filters, sort: 'name' })).map((row) => row.name)

  it('find apps by a scope somebody granted and by the highest risk, a scope that ended being the highest', async () => {
    const [scope = ''] = await makeApi(here)
    const [ended = ''] = await makeApi(here)
    const [between = ''] = await makeApi(here)
    await database().update(scopes).set({ risk: 'medium' }).where(eq(scopes.name, between))
    const wide = { organization: here, scopes: ['openid', scope, ended, between, 'connected-apps:write'] }
    const [low, medium, high, gone] = [
      await makeApp({ ...wide, name: `A low ${newId('app')}` }),
      await makeApp({ ...wide, name: `A medium ${newId('app')}` }),
      await makeApp({ ...wide, name: `B high ${newId('app')}` }),
      await makeApp({ ...wide, name: `C gone ${newId('app')}` }),
    ]
    await makeAuthorization(member, low, here, ['openid'])
    await makeAuthorization(await makeMember(here), low, here, ['openid', scope])
    await makeAuthorization(member, medium, here, ['openid', between])
    await makeAuthorization(member, high, here, ['openid', 'connected-apps:write'])
    await makeAuthorization(await makeMember(here), high, here, ['openid', between])
    await makeAuthorization(member, gone, here, [ended])
    await database().update(scopes).set({ endedAt: new Date() }).where(eq(scopes.name, ended))

    const expected: [AuthorizedAppsFilters, string[]][] = [
      [{ scope }, [low.name]],
      [{ scope: 'openid' }, [low.name, medium.name, high.name]],
      [{ scope: 'openid', risk: 'medium' }, [medium.name]],
      [{ risk: 'low' }, [low.name]],
      [{ risk: 'medium' }, [medium.name]],
      [{ risk: 'high' }, [high.name, gone.name]],
    ]
    for (const [filters, found] of expected) {
      expect(await names(filters)).toEqual(found)
      const byPeople = await listAuthorizedApps(as(here.owner), { ...root, ...filters, sort: 'people' })
      expect(byPeople.rows.map((row) => row.name).sort()).toEqual(found)
      expect(await countAuthorizedApps(as(here.owner), { ...root, ...filters })).toMatchObject({
        total: found.length,
      })
    }
    for (const row of await listed()) expect(await names({ risk: row.risk })).toContain(row.name)
  })

  it('find apps by what the allowlist says of them, as the rows say it', async () => {
    const made = async (word: string, organization = elsewhere) => {
      const one = await makeApp({ organization, name: `${word} ${newId('app')}`, audience: 'everyone' })
      await makeAuthorization(member, one, here, ['openid'])
      return one
    }
    const [plain, listedOne, asking] = [await made('A'), await made('B'), await made('C')]
    const own = await made('D', here)
    for (const { clientId } of [listedOne, asking])
      await addEntry(as(here.owner), { ...root, clientId, scopes: ['openid'] })
    const { requestId } = await draftRequest(as(member), { ...root, appId: asking.id, scopes: ['profile'] })
    await requestApproval(as(member), { requestId })

    expect(await names({ listing: 'not-listed' })).toEqual([plain.name])
    expect(await names({ listing: 'listed' })).toEqual([listedOne.name])
    expect(await names({ listing: 'asks-more' })).toEqual([asking.name])
    expect(await names({ listing: 'internal' })).toEqual([own.name])
    await database()
      .insert(allowlists)
      .values({ rootOrganizationId: here.id, mode: 'restricted', internalAutoApproval: false })
      .onConflictDoUpdate({
        target: allowlists.rootOrganizationId,
        set: { mode: 'restricted', internalAutoApproval: false },
      })
    expect(await names({ listing: 'not-listed' })).toEqual([plain.name, own.name])
    expect((await listed()).filter((row) => row.listing === 'not-listed').length).toBe(2)
  })

  it('find apps by when they were used, never used ones by when they were first authorized', async () => {
    const made = async (word: string, days: number | null, firstDays?: number) => {
      const one = await makeApp({ organization: here, name: `${word} ${newId('app')}` })
      await makeAuthorization(member, one, here)
      await daysAgo(one, days, firstDays)
      return one.name
    }
    const today = await made('A', 0)
    const month = await made('B', 20)
    const quarter = await made('C', 60)
    const longer = await made('D', 200)
    const never = await made('E', null)
    const fresh = await made('F', null, 3)

    expect(await names({ usedWithinDays: 30 })).toEqual([today, month])
    expect(await names({ unusedForDays: 90 })).toEqual([longer, never])
    expect(await names({ unusedForDays: 2 })).toEqual([month, quarter, longer, never, fresh])
    expect(await names({ unusedForDays: 7, usedWithinDays: 90 })).toEqual([month, quarter])
    expect(await names({ isUsed: false })).toEqual([never, fresh])
    expect(await names({ firstAuthorizedWithinDays: 7 })).toEqual([fresh])
    const byLastUse = { week: 1, month: 1, quarter: 1, longer: 1, never: 2 }
    expect(await countAuthorizedApps(as(here.owner), root)).toEqual({ total: 6, byLastUse })
    const unused = await countAuthorizedApps(as(here.owner), { ...root, unusedForDays: 90 })
    expect(unused).toEqual({ total: 2, byLastUse })
  })

  it('find apps that are frozen here, or disabled by their publisher', async () => {
    const [frozen, disabled] = [
      await makeApp({ organization: here, name: `A ${newId('app')}` }),
      await makeApp({ organization: here, name: `B ${newId('app')}` }),
    ]
    for (const one of [app, frozen, disabled]) await makeAuthorization(member, one, here)
    await freezeApp(as(here.owner), { ...root, appId: frozen.id })
    await disableApp(as(here.owner), { appId: disabled.id })
    expect(await names({ isFrozen: true })).toEqual([frozen.name])
    expect(await names({ isDisabled: true })).toEqual([disabled.name])
    expect(await names({ isFrozen: false, isDisabled: false })).toEqual([app.name])
  })

  it('find apps that may be used only from some networks [P122]', async () => {
    const held = await makeApp({ organization: here, name: `A ${newId('app')}` })
    for (const one of [app, held]) await makeAuthorization(member, one, here)
    const limit = { mode: 'enforce' as const, networks: ['203.0.113.0/24'], version: 0 }
    await setNetworks(as(here.owner), { ...root, appId: held.id, ...limit })
    const [unused, blocked, robot] = [
      await makeApp({ organization: here, name: `B ${newId('app')}` }),
      await makeApp({ organization: here, name: `C ${newId('app')}` }),
      await makeApp({ organization: here, actsAs: 'itself', name: `D ${newId('app')}` }),
    ]
    for (const one of [unused, blocked, robot])
      await setNetworks(as(here.owner), { ...root, appId: one.id, ...limit })
    await blockApp(as(here.owner), { ...root, appId: blocked.id })
    // One that nobody uses is found as well, to be let in again; a blocked one is in another list, and no robot in any.
    expect(await names({ isHeldToNetworks: true })).toEqual([held.name, unused.name])
    expect((await countAuthorizedApps(as(here.owner), { ...root, isHeldToNetworks: true })).total).toBe(2)
    expect((await countAuthorizedApps(as(here.owner), { ...root, search: unused.name })).total).toBe(1)
    for (const sort of ['name', 'people', 'last-used'] as const)
      expect((await listed({ sort, isHeldToNetworks: true })).map(({ name }) => name)).toContain(unused.name)
    expect(await names({ isHeldToNetworks: false })).toEqual([app.name])
  })

  it('refuse what no list has, and whoever may not see it', async () => {
    await expect(countAuthorizedApps(as(here.owner), { ...root, unusedForDays: 0 })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(countAuthorizedApps(as(member), root)).rejects.toMatchObject({ code: 'forbidden' })
    const cursor = 'WyIxIG9yIDEiLCIwMTk5Zjk4Yi0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAiXQ'
    await expect(listed({ sort: 'people', cursor })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('the first authorization of an app', () => {
  it('is no freeze and no limit before it, and stays the first', async () => {
    const details = () => getAuthorizedApp(as(here.owner), { ...root, appId: app.id })
    await freezeApp(as(here.owner), { ...root, appId: app.id })
    const limit = { mode: 'off' as const, networks: ['203.0.113.0/24'], version: 0 }
    await setNetworks(as(here.owner), { ...root, appId: app.id, ...limit })
    await unfreezeApp(as(here.owner), { ...root, appId: app.id })
    expect((await details()).firstUsedAt).toBeNull()
    const people = [member, ...(await Promise.all([makeMember(here), makeMember(here), makeMember(here)]))]
    // The first of all may be several at once.
    await Promise.all(people.map((person) => makeAuthorization(person, app, here)))
    const { firstUsedAt } = await details()
    expect(firstUsedAt).toBeInstanceOf(Date)
    await makeAuthorization(await makeMember(here), app, here)
    expect((await details()).firstUsedAt).toEqual(firstUsedAt)
  })
})

describe('the details of an app', () => {
  it('are its facts, what it can do, how many use it and what it holds [P38]', async () => {
    const yes = await makeAuthorization(member, app, here, ['openid', 'offline_access'])
    await makeTokenFamily(yes, app)
    await makeTokenFamily(yes, app)
    await makeAuthorization(await makeMember(here), app, here, ['profile'])
    await freezeApp(as(here.owner), { ...root, appId: app.id })
    const details = await getAuthorizedApp(as(here.owner), { ...root, appId: app.id })
    expect(details).toMatchObject({
      app: {
        name: app.name,
        clientId: app.clientId,
        publisher: elsewhere.name,
        isInternal: false,
        isDisabled: false,
      },
      isFrozen: true,
      isBlocked: false,
      people: 2,
      listing: 'no-entry',
      entry: null,
    })
    const tokens = { families: 2, tokens: 4, isExact: true }
    expect(await countTokensOfApp(as(here.owner), { ...root, appId: app.id })).toEqual(tokens)
    expect(details.scopes.map(({ name }) => name).sort()).toEqual(['offline_access', 'openid', 'profile'])
    expect(details.scopes.every(({ title }) => title.includes(' '))).toBe(true)
  })

  it('say since when, by whom and how it is listed, and who owns an internal one', async () => {
    const mine = await makeApp({ organization: here })
    for (const one of [app, mine]) await makeAuthorization(member, one, here)
    await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['openid'] })
    const foreign = await getAuthorizedApp(as(here.owner), { ...root, appId: app.id })
    expect(foreign.entry).toMatchObject({
      scopes: ['openid'],
      origin: 'administrator',
      by: here.owner.fullName,
    })
    expect(foreign.entry?.since).toBeInstanceOf(Date)
    expect(foreign.app.owner).toBeNull()
    const internal = await getAuthorizedApp(as(here.owner), { ...root, appId: mine.id })
    expect(internal).toMatchObject({ app: { owner: here.owner.fullName }, entry: null })
  })

  it('lead to its people and to the token families of each', async () => {
    const yes = await makeAuthorization(member, app, here)
    const other = await makeAuthorization(await makeMember(here), app, here)
    const families = [await makeTokenFamily(yes, app), await makeTokenFamily(yes, app)]
    const people = await listPeopleOfApp(as(here.owner), { ...root, appId: app.id })
    expect(people.rows.map(({ authorizationId, families: count }) => [authorizationId, count])).toEqual([
      [other, 0],
      [yes, 2],
    ])
    const search = { ...root, appId: app.id, search: member.username }
    expect((await listPeopleOfApp(as(here.owner), search)).rows).toMatchObject([
      { userId: member.id, name: member.fullName },
    ])
    const found = await listTokenFamilies(as(here.owner), { ...root, authorizationId: yes })
    expect(found.rows.map(({ familyId }) => familyId)).toEqual(families.reverse())
    expect(found.rows[0]).toMatchObject({ tokens: 2, lastUsedAt: null })
    expect(found.rows[0]?.endsAt).toBeInstanceOf(Date)
  })

  it('show the family that still lives, however many ran out since, and page through those that live', async () => {
    const yes = await makeAuthorization(member, app, here)
    const lives = await makeTokenFamily(yes, app)
    for (let at = 0; at < 51; at += 1) await runOut(await makeTokenFamily(yes, app))
    const read = (cursor?: Cursor) =>
      listTokenFamilies(as(here.owner), { ...root, authorizationId: yes, cursor })
    const found = await read()
    expect(found).toMatchObject({ rows: [{ familyId: lives, tokens: 2 }], next: null })
    const people = await listPeopleOfApp(as(here.owner), { ...root, appId: app.id })
    expect(people.rows).toMatchObject([{ authorizationId: yes, families: found.rows.length }])

    const all = [lives]
    while (all.length < 52) all.unshift(await makeTokenFamily(yes, app))
    const first = await read()
    const second = await read(first.next)
    const ids = [...first.rows, ...second.rows].map(({ familyId }) => familyId)
    expect([first.rows.length, ids, second.next]).toEqual([50, all, null])
  })

  it('page through many people, used and never used, without losing or repeating one', async () => {
    const ids: string[] = []
    for (let at = 0; at < 54; at += 1) {
      const yes = await makeAuthorization(await makeMember(here), app, here)
      ids.push(yes)
      // Two at each moment, to the microsecond: their ids settle which comes first.
      if (at < 51)
        await database()
          .update(authorizations)
          .set({ lastUsedAt: sql`'2026-01-01'::timestamptz + make_interval(secs => ${at >> 1} * 0.000007)` })
          .where(eq(authorizations.id, yes))
    }
    const page = async (cursor?: Cursor) => {
      const { rows, next } = await listPeopleOfApp(as(here.owner), { ...root, appId: app.id, cursor })
      return { ids: rows.map((row) => row.authorizationId as string), next }
    }
    const first = await page()
    const second = await page(first.next)
    const [neverUsed = '', ...others] = ids.slice(51).reverse()
    expect(first.ids).toEqual(ids.slice(1, 51).reverse())
    expect(second).toEqual({ ids: [ids[0], neverUsed, ...others], next: null })
    const amongNeverUsed = await page(writeCursor([null, uuidOf(neverUsed as Id<'authorization'>)]))
    expect(amongNeverUsed.ids).toEqual(others)
  })

  it('find one of its people wherever in the list they are, until their authorization ends', async () => {
    const yes = await makeAuthorization(member, app, here)
    await makeTokenFamily(yes, app)
    for (let at = 0; at < 51; at += 1) await makeAuthorization(await makeMember(here), app, here)
    const first = await listPeopleOfApp(as(here.owner), { ...root, appId: app.id })
    expect(first.rows.map((row) => row.authorizationId)).not.toContain(yes)
    const ask = (appId = app.id) => getPersonOfApp(as(here.owner), { ...root, appId, authorizationId: yes })
    const second = await listPeopleOfApp(as(here.owner), { ...root, appId: app.id, cursor: first.next })
    expect(await ask()).toEqual(second.rows.find((row) => row.authorizationId === yes))
    expect(await ask()).toMatchObject({ userId: member.id, families: 1 })
    const other = await makeApp({ organization: here })
    await makeAuthorization(member, other, here)
    await expect(ask(other.id), 'of another app').rejects.toMatchObject({ code: 'not-found' })
    await removeForEveryone(as(here.owner), { ...root, appId: app.id })
    await expect(ask()).rejects.toMatchObject({ code: 'not-found' })
  })

  it('find people in the order of an index, from the first page and from any row', async () => {
    await makeAuthorization(member, app, here)
    const [installation] = await database()
      .select({ id: sql<string>`${installations.id}`, epoch: installations.epoch })
      .from(installations)
      .where(and(eq(installations.appId, app.id), eq(installations.rootOrganizationId, here.id)))
    if (!installation) throw new Error('The app is not here.')
    const planOf = (further: SQL) =>
      transaction(async (tx) => {
        // So few rows are sorted faster: with these off, a plan sorts only where no index has the order.
        for (const way of ['sort', 'seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'])
          await tx.execute(sql.raw(`set local enable_${way} = off`))
        const lines = await tx.execute<{ 'QUERY PLAN': string }>(
          sql`explain ${selectPeopleOfApp(installation, further, 51)}`,
        )
        return lines.map((line) => line['QUERY PLAN']).join('\n')
      })
    const plansFrom = (moment: string | null) =>
      Promise.all(furtherOf(writeCursor([moment, installation.id])).map(planOf))
    const [amongUsed, neverUsed] = await plansFrom('2026-01-01 00:00:00+00')
    const [amongNeverUsed] = await plansFrom(null)
    expect(amongUsed).toMatch(/Index Cond: .*ROW\(last_used_at, id\) < /)
    expect(amongNeverUsed).toMatch(/Index Cond: .*\(last_used_at IS NULL\) AND \(id < /)
    for (const plan of [await planOf(sql`true`), amongUsed, neverUsed, amongNeverUsed])
      expect(plan).not.toContain('Sort')
  })
})

describe('previewRemoval', () => {
  it('names the app and counts what would end, and changes nothing [P39]', async () => {
    await makeTokenFamily(await makeAuthorization(member, app, here), app)
    await makeTokenFamily(await makeAuthorization(elsewhere.owner, app, elsewhere), app)
    const named = { ...root, appId: app.id }
    const preview = await previewRemoval(as(here.owner), named)
    expect(preview).toMatchObject({
      app: { name: app.name },
      people: 1,
      families: 1,
      tokens: 2,
      isBlocked: false,
      isListed: false,
    })
    const { people, families, tokens } = preview
    expect(await removeForEveryone(as(here.owner), named)).toMatchObject({ people, families, tokens })
  })
})

describe('listMyAuthorizations', () => {
  it('shows a person what they allowed, in every organization, in words and paged [P6]', async () => {
    await makeMembership(elsewhere, member.id, 'member')
    const ids = []
    for (let at = 0; at < 21; at += 1) {
      const one = await makeApp({ organization: elsewhere, audience: 'everyone' })
      ids.push(await makeAuthorization(member, one, at % 2 ? here : elsewhere))
    }
    await makeAuthorization(await makeMember(here), app, here)
    const [usedFirst, usedLast] = [ids[3], ids[5]]
    for (const [id, at] of [
      [usedFirst, '2026-01-01'],
      [usedLast, '2026-01-02'],
    ] as const)
      await database()
        .update(authorizations)
        .set({ lastUsedAt: new Date(at) })
        .where(eq(authorizations.id, id as Id<'authorization'>))
    const first = await listMyAuthorizations(as(member))
    const second = await listMyAuthorizations(as(member), { cursor: first.next })
    const neverUsed = ids.filter((id) => id !== usedFirst && id !== usedLast).reverse()
    expect([...first.rows, ...second.rows].map((row) => row.authorizationId)).toEqual([
      usedLast,
      usedFirst,
      ...neverUsed,
    ])
    expect(first.rows[2]).toMatchObject({
      organization: { id: elsewhere.id, name: elsewhere.name },
      app: { publisher: elsewhere.name },
      isHeld: false,
    })
    expect(first.rows[0]?.scopes.map(({ name }) => name).sort()).toEqual(['openid', 'profile'])
  })

  it('is refused to an app that acts for the person', async () => {
    const actor = asThrough(member, app, ['openid', 'authorizations:read'], here.id)
    await expect(listMyAuthorizations(actor)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('who is refused', () => {
  const reads = {
    listAuthorizedApps: (person: MadeUser) => listAuthorizedApps(as(person), root),
    getAuthorizedApp: (person: MadeUser) => getAuthorizedApp(as(person), { ...root, appId: app.id }),
    countTokensOfApp: (person: MadeUser) => countTokensOfApp(as(person), { ...root, appId: app.id }),
    listPeopleOfApp: (person: MadeUser) => listPeopleOfApp(as(person), { ...root, appId: app.id }),
    getPersonOfApp: async (person: MadeUser) => {
      const authorizationId = await makeAuthorization(await makeMember(here), app, here)
      return getPersonOfApp(as(person), { ...root, appId: app.id, authorizationId })
    },
    previewRemoval: (person: MadeUser) => previewRemoval(as(person), { ...root, appId: app.id }),
  }

  it.each(Object.entries(reads))(
    '%s is for administrators of the root organization [P1]',
    async (_, read) => {
      await makeAuthorization(member, app, here)
      const group = await makeBusinessGroup(here)
      for (const person of [
        member,
        await makeMember(here, 'developer'),
        await makeMember(group, 'administrator'),
      ]) {
        await expect(read(person)).rejects.toMatchObject({ code: 'forbidden' })
      }
      await expect(read(elsewhere.owner)).rejects.toMatchObject({ code: 'not-found' })
    },
  )

  it('says nothing of what is there to whoever may not ask: neither that it is, nor that it is not', async () => {
    await makeAuthorization(member, app, here)
    for (const appId of [app.id, newId('app'), 'app_nothing' as Id<'app'>])
      for (const read of [getAuthorizedApp, listPeopleOfApp])
        await expect(read(as(member), { ...root, appId })).rejects.toMatchObject({ code: 'forbidden' })
    const unsorted = listAuthorizedApps(as(member), { ...root, cursor: 'nonsense' as never })
    await expect(unsorted).rejects.toMatchObject({ code: 'forbidden' })
    const nowhere = { rootOrganizationId: 'org_nothing' as Id<'organization'> }
    for (const actor of [as(here.owner), as(member)])
      await expect(listAuthorizedApps(actor, nowhere)).rejects.toMatchObject({
        code: actor.userId === here.owner.id ? 'not-found' : 'forbidden',
      })
  })

  it('shows an administrator no family of another organization’s people', async () => {
    const abroad = await makeAuthorization(elsewhere.owner, app, elsewhere)
    await makeTokenFamily(abroad, app)
    expect((await listTokenFamilies(as(here.owner), { ...root, authorizationId: abroad })).rows).toEqual([])
    for (const read of [getAuthorizedApp, countTokensOfApp]) {
      const unknown = read(as(here.owner), { ...root, appId: newId('app') })
      await expect(unknown).rejects.toMatchObject({ code: 'not-found' })
    }
  })
})
