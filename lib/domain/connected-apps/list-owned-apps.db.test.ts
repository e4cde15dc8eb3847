import { eq, type SQL, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { appSearch, appSecrets, connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import type { Actor } from '#lib/domain/permissions/actor'
import { as, asApp, asThrough, SYSTEM } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeApp,
  type MadeOrganization,
  makeApi,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
  makeSecret,
} from '#test/factories'
import { countOwnedApps } from './count-owned-apps.ts'
import { deleteApp } from './delete-app.ts'
import { getApp } from './get-app.ts'
import { listAppOwners } from './list-app-owners.ts'
import { listOwnedApps } from './list-owned-apps.ts'
import { listPossibleOwnersBelow } from './list-possible-owners.ts'
import { listScopes } from './list-scopes.ts'
import type { ListOwnedAppsInput } from './schema.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'
import { updateApp } from './update-app.ts'

const namesFor = async (actor: Actor, place: MadeOrganization, given: Partial<ListOwnedAppsInput> = {}) =>
  (await listOwnedApps(actor, { organizationId: place.id, ...given })).apps.map((app) => app.name)

async function makeTree() {
  const root = await makeOrganization()
  const sales = await makeBusinessGroup(root)
  const north = await makeBusinessGroup(sales)
  const support = await makeBusinessGroup(root)
  await makeApp({ organization: root, name: 'Root app' })
  await makeApp({ organization: sales, name: 'Sales app' })
  await makeApp({ organization: north, name: 'North app' })
  await makeApp({ organization: support, name: 'Support app' })
  return { root, sales, north, support }
}

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

describe('Owned Apps', () => {
  it('shows a root administrator the whole tree, or the branch on the screen [P2] [AM-1]', async () => {
    const { root, sales } = await makeTree()
    expect(await namesFor(as(root.owner), root)).toEqual([
      'North app',
      'Root app',
      'Sales app',
      'Support app',
    ])
    expect(await namesFor(as(root.owner), sales)).toEqual(['North app', 'Sales app'])
  })

  it('shows a business group’s administrator their branch, and neither siblings nor the root [P3] [AM-1]', async () => {
    const { root, sales, support } = await makeTree()
    const lead = await makeMember(sales, 'administrator')
    expect(await namesFor(as(lead), sales)).toEqual(['North app', 'Sales app'])
    expect(await namesFor(as(lead), root)).toEqual(['North app', 'Sales app'])
    await expect(namesFor(as(lead), support)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('shows a developer the apps they own, nothing else [P1]', async () => {
    const { root, sales } = await makeTree()
    const developer = await makeMember(sales, 'developer')
    await makeApp({ organization: sales, name: 'Mine', ownerId: developer.id })
    expect(await namesFor(as(developer), sales)).toEqual(['Mine'])
    expect(await namesFor(as(developer), root)).toEqual(['Mine'])
  })

  it('is forbidden to whoever neither administers nor develops anywhere, whatever the ID [P1]', async () => {
    const { root } = await makeTree()
    const member = await makeMember(root)
    const app = await makeApp({ organization: root })
    const forbidden = { code: 'forbidden', sentence: 'Connected Apps is for administrators and developers.' }
    await expect(namesFor(as(member), root)).rejects.toMatchObject(forbidden)
    await expect(getApp(as(member), app.id)).rejects.toMatchObject(forbidden)
    await expect(getApp(as(member), 'app_01h455vb4pex5vsknk084sn02q')).rejects.toMatchObject(forbidden)
    await expect(getApp(as(member), 'nonsense' as 'app_x')).rejects.toMatchObject(forbidden)
  })

  it('looks absent to a stranger who governs elsewhere, and ends with the right [P4]', async () => {
    const { root } = await makeTree()
    const stranger = await makeOrganization()
    await expect(namesFor(as(stranger.owner), root)).rejects.toMatchObject({ code: 'not-found' })
    const ana = await makeMember(root, 'administrator')
    expect(await namesFor(as(ana), root)).toHaveLength(4)
    await database().update(memberships).set({ endedAt: new Date() }).where(eq(memberships.userId, ana.id))
    await expect(namesFor(as(ana), root)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('shows an app exactly the organizations chosen for it, and a person’s app no more than the person [P85] [P87]', async () => {
    const { root, sales } = await makeTree()
    const robot = await makeApp({ organization: root, name: 'Robot' })
    expect(await namesFor(asApp(robot, ['connected-apps:read'], sales), root)).toEqual(['Sales app'])
    await expect(namesFor(asApp(robot, ['audit:read'], root), root)).rejects.toMatchObject({
      code: 'forbidden',
    })
    const lead = await makeMember(sales, 'administrator')
    expect(await namesFor(asThrough(lead, robot, ['connected-apps:read']), root)).toEqual([
      'North app',
      'Sales app',
    ])
    const elsewhere = await makeOrganization()
    const wrongRoot = asThrough(root.owner, robot, ['connected-apps:read'], elsewhere.id)
    await expect(namesFor(wrongRoot, root)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('lists name, id, type, residence, owner and what the actor may do [P23]', async () => {
    const { root, sales } = await makeTree()
    const developer = await makeMember(sales, 'developer')
    const made = await makeApp({ organization: sales, name: 'Mine', ownerId: developer.id })
    const { apps, next } = await listOwnedApps(as(developer), { organizationId: root.id })
    expect(next).toBeNull()
    expect(await countOwnedApps(as(developer), { organizationId: root.id })).toEqual({
      total: 1,
      rotationDue: 0,
    })
    expect(apps[0]).toMatchObject({
      id: made.id,
      clientId: made.clientId,
      actsAs: 'user',
      clientType: 'server',
      residence: { id: sales.id, name: sales.name, isRoot: false },
      owner: { id: developer.id, fullName: developer.fullName, username: developer.username },
      state: 'enabled',
      scopesCount: 2,
    })
    expect(apps[0]?.abilities).toContain('connected-apps.rotate-secret')
    expect(apps[0]?.abilities).not.toContain('connected-apps.change-owner')
  })

  it('finds by part of a name, of a client ID and of a redirect host, taking signs literally', async () => {
    const root = await makeOrganization()
    const app = await makeApp({
      organization: root,
      name: 'Ledger 100%',
      redirectUris: ['https://books.example.org:8443/callback'],
    })
    await makeApp({ organization: root, name: 'Other' })
    const found = (search: string) => namesFor(as(root.owner), root, { search })
    expect(await found('LEDGER')).toEqual(['Ledger 100%'])
    expect(await found(app.clientId.slice(4, 20))).toEqual(['Ledger 100%'])
    expect(await found('books.example')).toEqual(['Ledger 100%'])
    expect(await found('callback')).toEqual([])
    expect(await found('00%')).toEqual(['Ledger 100%'])
    expect(await found('le')).toEqual(['Ledger 100%'])
    expect(await found('ge')).toEqual([])
    expect(await found('_')).toEqual([])
    expect(await found("'; drop table users")).toEqual([])
  })

  it('filters by type, residence, owner, state, scope, origin, audience and mark [P18]', async () => {
    const { root, sales } = await makeTree()
    const developer = await makeMember(root, 'developer')
    await makeApp({ organization: root, name: 'Robot', actsAs: 'itself' })
    await makeApp({ organization: root, name: 'Native', clientType: 'native', ownerId: developer.id })
    await makeApp({ organization: root, name: 'Off', disabledAt: new Date(), audience: 'everyone' })
    await makeApp({ organization: root, name: 'Due', rotationDueSince: new Date(), scopes: ['email'] })
    await makeApp({ organization: root, name: 'Registered', origin: 'dynamic-registration' })
    const by = (filters: ListOwnedAppsInput['filters']) => namesFor(as(root.owner), root, { filters })
    expect(await by({ actsAs: 'itself' })).toEqual(['Robot'])
    expect(await by({ clientType: 'native' })).toEqual(['Native'])
    expect(await by({ ownerId: developer.id })).toEqual(['Native'])
    expect(await by({ state: 'disabled' })).toEqual(['Off'])
    expect(await by({ audience: 'everyone' })).toEqual(['Off'])
    expect(await by({ isRotationDue: true })).toEqual(['Due'])
    expect(await by({ scope: 'email' })).toEqual(['Due'])
    expect(await by({ origin: 'dynamic-registration' })).toEqual(['Registered'])
    expect(await by({ residenceIds: [sales.id] })).toEqual(['Sales app'])
    const { rotationDue, total } = await countOwnedApps(as(root.owner), {
      organizationId: root.id,
      search: 'Native',
    })
    expect({ rotationDue, total }).toEqual({ rotationDue: 1, total: 1 })
  })

  it('filters by redirect host and by how the secret stands, of several the one that works longest', async () => {
    const root = await makeOrganization()
    const at = (days: number) => sql`now() + make_interval(days => ${days})`
    const secretOf = (app: MadeApp, values: { createdAt?: SQL; expiresAt?: SQL; endedAt?: SQL }) =>
      database().update(appSecrets).set(values).where(eq(appSecrets.appId, app.id))
    const old = await makeApp({ organization: root, name: 'Old' })
    await secretOf(old, { createdAt: at(-100) })
    const ending = await makeApp({ organization: root, name: 'Ending' })
    await secretOf(ending, { createdAt: at(-200), expiresAt: at(5) })
    const replaced = await makeApp({ organization: root, name: 'Replaced' })
    await secretOf(replaced, { createdAt: at(-400), expiresAt: at(1) })
    await makeSecret(replaced.id)
    const ended = await makeApp({ organization: root, name: 'Ended' })
    await secretOf(ended, { endedAt: at(0) })
    const expired = await makeApp({ organization: root, name: 'Expired' })
    await secretOf(expired, { createdAt: at(-500), expiresAt: at(-1) })
    await makeApp({ organization: root, name: 'Public', clientType: 'browser' })
    const by = (filters: ListOwnedAppsInput['filters']) => namesFor(as(root.owner), root, { filters })
    expect(await by({ secret: 'none' })).toEqual(['Ended', 'Expired'])
    expect(await by({ secret: 'ends-soon' })).toEqual(['Ending'])
    expect(await by({ secret: 'over-90-days' })).toEqual(['Ending', 'Old'])
    expect(await by({ secret: 'over-180-days' })).toEqual(['Ending'])
    expect(await by({ secret: 'over-365-days' })).toEqual([])
    await makeApp({ organization: root, name: 'Desk', redirectUris: ['https://Desk.example.net/back'] })
    expect(await by({ redirectHost: 'desk.EXAMPLE' })).toEqual(['Desk'])
    expect(await by({ redirectHost: 'back' })).toEqual([])
    expect(await by({ redirectHost: 'app.example.com', actsAs: 'user', secret: 'none' })).toEqual([
      'Ended',
      'Expired',
    ])
  })

  it('finds an app by what it has become, and no more once it is deleted [P32]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root, name: 'Before' })
    const found = (search: string) => namesFor(as(root.owner), root, { search })
    await updateApp(as(root.owner), { appId: app.id, version: 1, name: 'Afterwards' })
    expect(await found('before')).toEqual([])
    expect(await found('afterw')).toEqual(['Afterwards'])
    await deleteApp(as(root.owner), { appId: app.id, name: 'Afterwards' })
    expect(await found('afterw')).toEqual([])
    const rows = await database().select().from(appSearch).where(eq(appSearch.appId, app.id))
    expect(rows).toEqual([])
  })

  it('names who owns apps here, as far as the actor sees them [P3] [P20]', async () => {
    const { root, sales, support } = await makeTree()
    const developer = await makeMember(sales, 'developer', { fullName: 'Dana Developer' })
    const lead = await makeMember(support, 'administrator')
    await makeMember(sales, 'developer', { fullName: 'Dana Owning Nothing' })
    await makeApp({ organization: sales, ownerId: developer.id })
    await makeApp({ organization: sales, ownerId: developer.id })
    const names = async (actor: Actor, place: MadeOrganization, search?: string) =>
      (await listAppOwners(actor, { organizationId: place.id, search })).map((owner) => owner.fullName)
    expect(await names(as(root.owner), root)).toEqual(['Dana Developer', root.owner.fullName].sort())
    expect(await names(as(root.owner), root, 'dana')).toEqual(['Dana Developer'])
    expect(await names(as(root.owner), root, developer.username)).toEqual(['Dana Developer'])
    expect(await names(as(lead), support)).toEqual([root.owner.fullName])
    const stranger = await makeOrganization()
    await expect(names(as(stranger.owner), root)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('names whom apps of a branch can be handed to, for whoever may hand them over [P20]', async () => {
    const { root, sales, north, support } = await makeTree()
    const deep = await makeMember(north, 'developer', { fullName: 'Deep Down' })
    const beside = await makeMember(support, 'developer')
    await makeMember(sales, 'member')
    const ids = async (actor: Actor, search = '') =>
      (await listPossibleOwnersBelow(actor, { organizationId: sales.id, search })).map(({ id }) => id)
    expect(new Set(await ids(as(root.owner)))).toEqual(new Set([root.owner.id, deep.id]))
    expect(await ids(as(root.owner), 'deep d')).toEqual([deep.id])
    await expect(ids(as(await makeMember(sales, 'developer')))).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = await makeOrganization()
    for (const person of [beside, deep, stranger.owner])
      await expect(ids(as(person))).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each(['name', 'last-used', 'created'] as const)(
    'pages by %s without losing or repeating an app',
    async (sort) => {
      const root = await makeOrganization()
      for (let at = 0; at < 60; at += 1)
        await makeApp({ organization: root, name: `${at % 2 ? 'b' : 'B'}${at}` })
      await database()
        .update(connectedApps)
        .set({ lastUsedAt: sql`now() - make_interval(secs => length(${connectedApps.name}) * 0.000007)` })
        .where(
          sql`${connectedApps.rootOrganizationId} = ${sql.param(root.id, connectedApps.rootOrganizationId)} and ${connectedApps.name} like 'b%'`,
        )
      const first = await listOwnedApps(as(root.owner), { organizationId: root.id, sort })
      expect(first.apps).toHaveLength(50)
      expect((await countOwnedApps(as(root.owner), { organizationId: root.id })).total).toBe(60)
      const second = await listOwnedApps(as(root.owner), {
        organizationId: root.id,
        sort,
        cursor: first.next,
      })
      expect(second.next).toBeNull()
      const names = [...first.apps, ...second.apps].map((app) => app.name)
      expect(new Set(names).size).toBe(60)
      if (sort === 'name')
        expect(names).toEqual(names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)))
      else if (sort === 'last-used')
        expect(first.apps.slice(0, 30).every((app) => app.lastUsedAt !== null)).toBe(true)
      else expect(names[0]).toBe('b59')
    },
  )

  it('refuses a cursor that no list wrote', async () => {
    const root = await makeOrganization()
    for (const cursor of ['x', 'W10', Buffer.from('["a","b"]').toString('base64url')]) {
      await expect(namesFor(as(root.owner), root, { cursor })).rejects.toMatchObject({ code: 'invalid' })
    }
  })
})

describe('one app', () => {
  it('opens with owner, creator, id and its usage [P26] [P34]', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    expect(await getApp(as(root.owner), app.id)).toMatchObject({
      clientId: app.clientId,
      owner: { fullName: root.owner.fullName, username: root.owner.username },
      usage: { organizations: 0, people: 0 },
      secrets: [{ isLive: true, lastFour: app.secret.slice(-4) }],
    })
  })

  it('looks absent to siblings, other developers and strangers [P3]', async () => {
    const { root, sales, support } = await makeTree()
    const app = await makeApp({ organization: sales })
    const sibling = await makeMember(support, 'administrator')
    const developer = await makeMember(sales, 'developer')
    const stranger = await makeOrganization()
    for (const person of [sibling, developer, stranger.owner]) {
      await expect(getApp(as(person), app.id)).rejects.toMatchObject({ code: 'not-found' })
    }
    expect((await getApp(as(root.owner), app.id)).id).toBe(app.id)
    expect((await getApp(SYSTEM, app.id)).id).toBe(app.id)
  })
})

describe('the scopes on offer', () => {
  it('are the built-in ones and those of one’s own root, in words', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const other = await makeOrganization()
    const [own = ''] = await makeApi(root)
    const [foreign = ''] = await makeApi(other)
    const developer = await makeMember(group, 'developer')
    const names = (await listScopes(as(developer), group.id)).map((scope) => scope.name)
    expect(names).toContain('openid')
    expect(names).toContain('connected-apps:secrets')
    expect(names).toContain(own)
    expect(names).not.toContain(foreign)
    const member = await makeMember(root)
    await expect(listScopes(as(member), root.id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(listScopes(as(other.owner), root.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('can be brought in step again and again', async () => {
    await Promise.all([1, 2, 3].map(() => syncBuiltInScopes('https://id.example.com')))
    await syncBuiltInScopes('http://localhost:3000')
    const root = await makeOrganization()
    const [profile] = (await listScopes(as(root.owner), root.id)).filter((scope) => scope.name === 'profile')
    expect(profile).toMatchObject({ api: { name: 'Sign-in', isBuiltIn: true }, risk: 'low' })
  })
})
