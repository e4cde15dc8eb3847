import { generateKeyPairSync } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { appContexts, appKeys, connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { newId } from '#lib/base/ids'
import { as, asApp } from '#test/actors'
import { database } from '#test/database'
import { type MadeApp, type MadeOrganization, makeApp, makeMember, makeOrganization } from '#test/factories'
import { addKeys } from './add-keys.ts'
import { KEYS_PER_APP_MAX } from './credentials-schema.ts'
import { endKey } from './end-key.ts'
import { getApp } from './get-app.ts'
import { getPublishedKeys } from './get-published-keys.ts'
import { setJwksUri } from './set-jwks-uri.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'

const newJwk = (more: object = {}) => ({
  ...generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }),
  ...more,
})

let root: MadeOrganization
let app: MadeApp

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))
beforeEach(async () => {
  root = await makeOrganization()
  app = await makeApp({ organization: root })
})

const eventsAbout = (of: MadeApp) =>
  database().select().from(events).where(eq(events.appId, of.id)).orderBy(events.id)
const storiesOf = async (of: MadeApp) => (await getApp(as(root.owner), of.id)).keys

describe('adding keys', () => {
  it('keeps their public halves by name and ID, and records each', async () => {
    const keys = { keys: [newJwk({ kid: 'one' }), newJwk({ kid: 'two' })] }
    await addKeys(as(root.owner), { appId: app.id, name: 'Build server', keys, lifeDays: 30 })
    expect(await storiesOf(app)).toMatchObject([
      {
        name: 'Build server (two)',
        kid: 'two',
        kind: 'Ed25519',
        createdBy: root.owner.fullName,
        isLive: true,
      },
      { name: 'Build server (one)', kid: 'one', expiresAt: expect.any(Date), lastUsedAt: null },
    ])
    expect((await eventsAbout(app)).map(({ name, details }) => [name, details.kid])).toEqual([
      ['connected-app.key-added', 'one'],
      ['connected-app.key-added', 'two'],
    ])
  })

  it('takes PEM, and needs no end, whatever the rule for secrets says', async () => {
    await database().update(organizations).set({ secretDaysMax: 30 }).where(eq(organizations.id, root.id))
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
      type: 'spki',
      format: 'pem',
    }) as string
    await addKeys(as(root.owner), { appId: app.id, keys })
    expect(await storiesOf(app)).toMatchObject([{ kind: 'P-256', expiresAt: null }])
  })

  it('refuses an ID that a live key has, all of it or nothing, and takes it again once that one ran out', async () => {
    const add = (...keys: object[]) => addKeys(as(root.owner), { appId: app.id, keys: { keys } })
    await add(newJwk({ kid: 'one' }))
    await expect(add(newJwk({ kid: 'two' }), newJwk({ kid: 'one' }))).rejects.toMatchObject({
      code: 'conflict',
      fields: { keys: expect.any(String) },
    })
    expect(await storiesOf(app)).toHaveLength(1)
    await database().update(appKeys).set({ expiresAt: sql`now()` }).where(eq(appKeys.appId, app.id))
    await add(newJwk({ kid: 'one' }))
    expect((await storiesOf(app)).map(({ isLive }) => isLive)).toEqual([true, false])
  })

  it('keeps at most ten live ones, also when several add at once', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, () =>
        addKeys(as(root.owner), { appId: app.id, keys: { keys: [newJwk(), newJwk(), newJwk()] } }),
      ),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    for (const one of tries)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'limit-reached' })
    expect(await storiesOf(app)).toHaveLength(9)
    expect(KEYS_PER_APP_MAX).toBe(10)
  })

  it('is refused for private halves, public clients, strangers, and developers who may do less than the app', async () => {
    const secretHalf = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
    await expect(
      addKeys(as(root.owner), { appId: app.id, keys: secretHalf as Record<string, unknown> }),
    ).rejects.toMatchObject({ code: 'invalid', fields: { keys: expect.stringContaining('private key') } })
    const phone = await makeApp({ organization: root, clientType: 'native' })
    const add = (actor: Parameters<typeof addKeys>[0], of: MadeApp) =>
      addKeys(actor, { appId: of.id, keys: newJwk() })
    await expect(add(as(root.owner), phone)).rejects.toMatchObject({ code: 'invalid' })
    const stranger = await makeOrganization()
    await expect(add(as(stranger.owner), app)).rejects.toMatchObject({ code: 'not-found' })
    await expect(add(as(await makeMember(root)), app)).rejects.toMatchObject({ code: 'forbidden' })
    const reader = asApp(app, ['connected-apps:read'], root)
    await expect(add(reader, app)).rejects.toMatchObject({ code: 'forbidden' })
    const developer = await makeMember(root, 'developer')
    const robot = await makeApp({
      organization: root,
      actsAs: 'itself',
      scopes: ['allowlist:write', 'profile'],
      ownerId: developer.id,
    })
    await database()
      .insert(appContexts)
      .values({ appId: robot.id, scope: 'allowlist:write', organizationId: root.id })
    await expect(add(as(developer), robot)).rejects.toMatchObject({ code: 'forbidden' })
    const uri = { appId: robot.id, jwksUri: 'https://keys.example.com/' }
    await expect(setJwksUri(as(developer), uri)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('ending a key', () => {
  it('takes effect at once, is recorded once, and is refused to strangers and for another app’s key', async () => {
    const { keys } = await addKeys(as(root.owner), { appId: app.id, keys: newJwk({ kid: 'one' }) })
    const input = { appId: app.id, keyId: keys[0]?.keyId ?? newId('appKey') }
    const stranger = await makeOrganization()
    await expect(endKey(as(stranger.owner), input)).rejects.toMatchObject({ code: 'not-found' })
    const other = await makeApp({ organization: root })
    await expect(endKey(as(root.owner), { ...input, appId: other.id })).rejects.toMatchObject({
      code: 'not-found',
    })
    await endKey(as(root.owner), input)
    await endKey(as(root.owner), input)
    expect(await storiesOf(app)).toMatchObject([{ isLive: false, endedBy: root.owner.fullName }])
    const names = (await eventsAbout(app)).map(({ name }) => name)
    expect(names.filter((name) => name === 'connected-app.key-ended')).toHaveLength(1)
  })
})

describe('saying where keys are published', () => {
  it('is recorded with what it was, and refused for anything but https, public clients and strangers', async () => {
    const say = (jwksUri: string | null, of = app) => setJwksUri(as(root.owner), { appId: of.id, jwksUri })
    await say('https://keys.example.com/jwks.json')
    await say('https://keys.example.com/jwks.json')
    await say(null)
    const told = (await eventsAbout(app)).map(({ details }) => [details.before, details.after])
    expect(told).toEqual([
      [null, 'https://keys.example.com/jwks.json'],
      ['https://keys.example.com/jwks.json', null],
    ])
    await expect(say('http://keys.example.com/')).rejects.toMatchObject({
      fields: { jwksUri: expect.any(String) },
    })
    const phone = await makeApp({ organization: root, clientType: 'native' })
    await expect(say('https://keys.example.com/', phone)).rejects.toMatchObject({ code: 'invalid' })
    const stranger = await makeOrganization()
    await expect(setJwksUri(as(stranger.owner), { appId: app.id, jwksUri: null })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('asks nothing inside our own network, and says so', async () => {
    await database()
      .update(connectedApps)
      .set({ jwksUri: 'https://169.254.169.254/latest/meta-data/' })
      .where(eq(connectedApps.id, app.id))
    expect(await getPublishedKeys(as(root.owner), app.id)).toMatchObject({
      keys: [],
      problem: expect.stringContaining('not public'),
    })
    const stranger = await makeOrganization()
    await expect(getPublishedKeys(as(stranger.owner), app.id)).rejects.toMatchObject({ code: 'not-found' })
  })
})
