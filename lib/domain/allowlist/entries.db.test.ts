import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { newId } from '#lib/base/ids'
import { as } from '#test/actors'
import { makeAuthorization } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { getVerdict } from '../authorizations/get-verdict.ts'
import { blockApp } from '../installations/block-app.ts'
import { freezeApp } from '../installations/freeze-app.ts'
import { addEntry } from './add-entry.ts'
import { getEntry } from './get-entry.ts'
import { listEntries } from './list-entries.ts'
import { removeEntry } from './remove-entry.ts'
import { restrict } from './restrict.ts'
import { trimEntry } from './trim-entry.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let member: MadeUser
let root: { rootOrganizationId: MadeOrganization['id'] }

beforeEach(async () => {
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  app = await makeApp({
    organization: elsewhere,
    audience: 'everyone',
    scopes: ['openid', 'profile', 'email'],
  })
  member = await makeMember(here)
  root = { rootOrganizationId: here.id }
  await restrict(as(here.owner), root)
})

const verdict = async (...scopes: string[]) =>
  (await getVerdict({ ...root, appId: app.id, userId: member.id, scopes, address: null })).kind
const recorded = async (name: string) => {
  const rows = await database()
    .select()
    .from(events)
    .where(and(eq(events.rootOrganizationId, here.id), eq(events.name, name)))
  return rows.map((row) => row.details)
}

describe('addEntry', () => {
  it('lists an app by its client ID for all it asks for today, or for less [P71]', async () => {
    const some = { ...root, clientId: app.clientId, scopes: ['openid'] }
    expect(await addEntry(as(here.owner), some)).toEqual({ appId: app.id, scopes: ['openid'] })
    expect(await verdict('openid')).toBe('consent')
    expect(await verdict('email')).toBe('approval-needed')
    const all = { ...root, clientId: ` ${app.clientId} ` }
    expect((await addEntry(as(here.owner), all)).scopes).toEqual(['email', 'openid', 'profile'])
    expect(await verdict('email')).toBe('consent')
    expect(await recorded('allowlist.entry-added')).toMatchObject([{ added: ['openid'] }])
    expect(await recorded('allowlist.entry-widened')).toMatchObject([{ added: ['email', 'profile'] }])
  })

  it('adds to the entry and takes nothing away; the same again changes nothing [P77]', async () => {
    const add = (...scopes: string[]) => addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes })
    await Promise.all([add('openid'), add('profile'), add('email'), add('openid', 'email')])
    expect((await add('openid')).scopes).toEqual(['email', 'openid', 'profile'])
    expect(await recorded('allowlist.entry-added')).toHaveLength(1)
    expect((await listEntries(as(here.owner), root)).rows).toHaveLength(1)
  })

  it('a scope taken from the app and given back is still approved [P79]', async () => {
    await addEntry(as(here.owner), { ...root, clientId: app.clientId })
    const setScopes = (scopes: string[]) =>
      database().update(connectedApps).set({ scopes }).where(eq(connectedApps.id, app.id))
    await setScopes(['openid'])
    expect(await verdict('email')).toBe('invalid-scope')
    await setScopes(['openid', 'email'])
    expect(await verdict('email')).toBe('consent')
  })

  it('refuses an unknown client ID, a foreign internal app, an app acting for itself, and scopes it does not ask for', async () => {
    const foreign = await makeApp({ organization: elsewhere, audience: 'internal' })
    const itself = await makeApp({ organization: here, actsAs: 'itself' })
    for (const clientId of ['unknown', foreign.clientId, itself.clientId]) {
      await expect(addEntry(as(here.owner), { ...root, clientId })).rejects.toMatchObject({
        code: 'not-found',
        fields: { clientId: expect.stringContaining('ID') },
      })
    }
    const beyond = addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['payroll:read'] })
    await expect(beyond).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('removeEntry', () => {
  it('refuses only new yeses: what people authorized runs on [P71]', async () => {
    await addEntry(as(here.owner), { ...root, clientId: app.clientId })
    await makeAuthorization(member, app, here, ['openid'])
    await removeEntry(as(here.owner), { ...root, appId: app.id })
    expect(await verdict('openid')).toBe('allow')
    expect(await verdict('email')).toBe('approval-needed')
    expect(await recorded('allowlist.entry-removed')).toHaveLength(1)
    await expect(removeEntry(as(here.owner), { ...root, appId: app.id })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('trimEntry', () => {
  it('takes scopes off the entry and nothing from those who granted them', async () => {
    await addEntry(as(here.owner), { ...root, clientId: app.clientId })
    await makeAuthorization(member, app, here, ['email'])
    const less = { ...root, appId: app.id, remove: ['email'] }
    expect(await trimEntry(as(here.owner), less)).toEqual({ scopes: ['openid', 'profile'] })
    await trimEntry(as(here.owner), less)
    expect(await verdict('email')).toBe('allow')
    const newcomer = await makeMember(here)
    const wish = { ...root, appId: app.id, userId: newcomer.id, scopes: ['email'] }
    expect(await getVerdict({ ...wish, address: null })).toMatchObject({
      kind: 'approval-needed',
      missing: ['email'],
    })
    expect(await recorded('allowlist.entry-trimmed')).toMatchObject([{ removed: ['email'] }])
  })

  it('leaves what another administrator adds to it at the same time', async () => {
    await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['openid', 'email'] })
    const [, { scopes }] = await Promise.all([
      addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['profile'] }),
      trimEntry(as(here.owner), { ...root, appId: app.id, remove: ['email'] }),
    ])
    expect(scopes).not.toContain('email')
    expect(await verdict('openid', 'profile')).toBe('consent')
    expect(await verdict('email')).toBe('approval-needed')
  })

  it('refuses an app that is not listed; what the entry does not hold is off it already', async () => {
    const given = { ...root, appId: app.id, remove: ['email'] }
    await expect(trimEntry(as(here.owner), given)).rejects.toMatchObject({ code: 'not-found' })
    await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['openid'] })
    expect(await trimEntry(as(here.owner), given)).toEqual({ scopes: ['openid'] })
    expect(await recorded('allowlist.entry-trimmed')).toEqual([])
  })
})

describe('who is refused', () => {
  it('whoever does not administer the root organization neither sees nor changes entries [P59]', async () => {
    const group = await makeBusinessGroup(here)
    const acts = (person: MadeUser) => [
      () => addEntry(as(person), { ...root, clientId: app.clientId }),
      () => removeEntry(as(person), { ...root, appId: app.id }),
      () => trimEntry(as(person), { ...root, appId: app.id, remove: [] }),
      () => listEntries(as(person), root),
      () => getEntry(as(person), { ...root, appId: app.id }),
    ]
    for (const person of [
      member,
      await makeMember(here, 'developer'),
      await makeMember(group, 'administrator'),
    ]) {
      for (const act of acts(person)) await expect(act()).rejects.toMatchObject({ code: 'forbidden' })
    }
    for (const act of acts(elsewhere.owner)) await expect(act()).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('listEntries', () => {
  it('says what holds a listed app up here, and not what does elsewhere', async () => {
    await addEntry(as(here.owner), { ...root, clientId: app.clientId })
    const held = async () => (await listEntries(as(here.owner), root)).rows[0]
    await freezeApp(as(elsewhere.owner), { rootOrganizationId: elsewhere.id, appId: app.id })
    expect(await held()).toMatchObject({ isFrozen: false, isBlocked: false, isDisabled: false })
    await freezeApp(as(here.owner), { ...root, appId: app.id })
    expect(await held()).toMatchObject({ isFrozen: true, isBlocked: false, isDisabled: false })
    await blockApp(as(here.owner), { ...root, appId: app.id })
    expect(await held()).toMatchObject({ isBlocked: true })
  })

  it('pages by name, searches by name, publisher and client ID, and leaves deleted apps out', async () => {
    const names = Array.from(
      { length: 53 },
      (_, at) => `Zebra ${String(at).padStart(2, '0')} ${newId('app')}`,
    )
    for (const name of names) {
      const made = await makeApp({ organization: here, name })
      await addEntry(as(here.owner), { ...root, clientId: made.clientId })
    }
    await addEntry(as(here.owner), { ...root, clientId: app.clientId, scopes: ['openid'] })
    const first = await listEntries(as(here.owner), root)
    const second = await listEntries(as(here.owner), { ...root, cursor: first.next })
    expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual([app.name, ...names])
    expect(second.next).toBeNull()
    expect(first.rows[0]).toMatchObject({
      isInternal: false,
      beyond: ['email', 'profile'],
      origin: 'administrator',
    })
    for (const search of [app.clientId, elsewhere.name, app.name.toUpperCase()]) {
      expect((await listEntries(as(here.owner), { ...root, search })).rows.map(({ appId }) => appId)).toEqual(
        [app.id],
      )
    }
    expect((await listEntries(as(here.owner), { ...root, search: '%' })).rows).toEqual([])
    await database().update(connectedApps).set({ endedAt: new Date() }).where(eq(connectedApps.id, app.id))
    expect((await listEntries(as(here.owner), { ...root, search: app.clientId })).rows).toEqual([])
  })
})
