import { eq, sql } from 'drizzle-orm'
import * as jose from 'jose'
import * as openid from 'openid-client'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { appKeys, appSecrets, connectedApps } from '#db/schema/connected-apps'
import { type Id, newId } from '#lib/base/ids'
import { flushLastUse } from '#lib/domain/authorizations/last-use'
import { addKeys } from '#lib/domain/connected-apps/add-keys'
import { endKey } from '#lib/domain/connected-apps/end-key'
import { endSecret } from '#lib/domain/connected-apps/end-secret'
import { setJwksUri } from '#lib/domain/connected-apps/set-jwks-uri'
import { as } from '#test/actors'
import { ask, running, withAuthorizationServer } from '#test/authorization-server'
import { database } from '#test/database'
import { type MadeApp, type MadeOrganization, makeApp, makeOrganization } from '#test/factories'
import { withKeyServer } from '#test/key-server'

vi.mock('#lib/base/public-address', async (original) => {
  const { isPublicAddress } = await original<typeof import('#lib/base/public-address')>()
  return { isPublicAddress: (address: string) => address === '127.0.0.1' || isPublicAddress(address) }
})

withAuthorizationServer()
const keyServer = withKeyServer()

type Pair = { privateKey: jose.CryptoKey; jwk: jose.JWK & { kid: string }; alg: string }

async function makePair(alg = 'ES256', more: Partial<jose.JWK> = {}): Promise<Pair> {
  const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true })
  const jwk = await jose.exportJWK(publicKey)
  return { privateKey, jwk: { ...jwk, kid: `key-${newId('appKey').slice(-8)}`, ...more }, alg }
}

let root: MadeOrganization
let app: MadeApp

beforeEach(async () => {
  root = await makeOrganization()
  app = await makeApp({ organization: root, actsAs: 'itself', scopes: ['profile'] })
})

const add = (jwk: object) =>
  addKeys(as(root.owner), { appId: app.id, keys: jwk as Record<string, unknown> }).then(
    ({ keys }) => keys[0]?.keyId ?? newId('appKey'),
  )

/** A token as a client of openid-client that signs gets it. */
async function tokenOf({ privateKey, jwk }: Pair) {
  const configuration = await running.as(app, openid.PrivateKeyJwt({ key: privateKey, kid: jwk.kid }))
  return openid.clientCredentialsGrant(configuration)
}

/** An assertion made by hand, with whatever is wrong with it. */
async function sign(pair: Pair, claims: Record<string, unknown> = {}, header: object = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const all = {
    iss: app.clientId,
    sub: app.clientId,
    aud: running.origin,
    jti: newId('event'),
    iat: now,
    exp: now + 60,
    ...claims,
  }
  return new jose.SignJWT(all as jose.JWTPayload)
    .setProtectedHeader({ alg: pair.alg, kid: pair.jwk.kid, ...header })
    .sign(pair.privateKey)
}
const show = (assertion: string, more: Record<string, string> = {}) =>
  ask('/oauth/token', {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...more,
  })
const refused = { status: 401, body: { error: 'invalid_client' } }

describe('an app that signs', () => {
  it.each(['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'])(
    'gets tokens with %s, beside its secret, and its key’s last use is kept',
    async (alg) => {
      const pair = await makePair(alg)
      const keyId = await add(pair.jwk)
      expect((await tokenOf(pair)).access_token).toBeTruthy()
      expect((await openid.clientCredentialsGrant(await running.as(app))).access_token).toBeTruthy()
      await flushLastUse()
      const [key] = await database().select().from(appKeys).where(eq(appKeys.id, keyId))
      expect(key).toMatchObject({
        lastUsedAt: expect.any(Date),
        lastUsedIp: expect.stringMatching(/127|::1/),
      })
    },
  )

  it('may do without any secret, and introspects by its key too', async () => {
    const pair = await makePair()
    await add(pair.jwk)
    const [secret] = await database().select().from(appSecrets).where(eq(appSecrets.appId, app.id))
    await endSecret(as(root.owner), { appId: app.id, secretId: secret?.id ?? newId('secret') })
    await expect(openid.clientCredentialsGrant(await running.as(app))).rejects.toMatchObject({ status: 401 })
    const { access_token: token } = await tokenOf(pair)
    const configuration = await running.as(app, openid.PrivateKeyJwt({ key: pair.privateKey }))
    expect(await openid.tokenIntrospection(configuration, token)).toMatchObject({ active: true })
  })

  it('is found without a kid, among several keys', async () => {
    const [one, two] = [await makePair(), await makePair()]
    for (const { jwk } of [one, two]) await add(jwk)
    for (const pair of [one, two])
      expect(await show(await sign(pair, {}, { kid: undefined }))).toMatchObject({ status: 200 })
  })

  it('is told from the discovery document how it may sign', async () => {
    const found = (await (await fetch(`${running.origin}/.well-known/openid-configuration`)).json()) as {
      token_endpoint_auth_methods_supported: string[]
      token_endpoint_auth_signing_alg_values_supported: string[]
    }
    expect(found.token_endpoint_auth_methods_supported).toContain('private_key_jwt')
    expect(found.token_endpoint_auth_signing_alg_values_supported).toContain('ES256')
    expect(found.token_endpoint_auth_signing_alg_values_supported.join()).not.toMatch(/HS|none/)
  })
})

describe('an assertion', () => {
  it('of another key, or by another app, is refused', async () => {
    const [own, foreign] = [await makePair(), await makePair()]
    await add(own.jwk)
    expect(await show(await sign({ ...foreign, jwk: own.jwk }))).toMatchObject(refused)
    expect(await show(await sign(foreign))).toMatchObject(refused)
    const other = await makeApp({ organization: root, actsAs: 'itself', scopes: ['profile'] })
    expect(await show(await sign(own, { iss: other.clientId, sub: other.clientId }))).toMatchObject(refused)
    expect(await show(await sign(own, { iss: other.clientId }))).toMatchObject(refused)
  })

  it('is good once, also when it comes eight times at once', async () => {
    const pair = await makePair()
    await add(pair.jwk)
    const again = await sign(pair)
    expect(await show(again)).toMatchObject({ status: 200 })
    expect(await show(again)).toMatchObject(refused)
    const race = await sign(pair)
    const answers = await Promise.all(Array.from({ length: 8 }, () => show(race)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status, body } of answers)
      if (status !== 200) expect(body).toMatchObject({ error: 'invalid_client' })
  })

  it.each([
    ['for somebody else', { aud: 'https://elsewhere.example' }],
    ['for us and somebody else', { aud: ['ISSUER', 'https://elsewhere.example'] }],
    ['for another endpoint of ours', { aud: 'ISSUER/oauth/introspect' }],
    ['for nobody', { aud: undefined }],
    ['that has expired', { exp: -60 }],
    ['that lives too long', { exp: 3600 }],
    ['without an end', { exp: undefined }],
    ['made in times to come', { iat: 120 }],
    ['not valid yet', { nbf: 120 }],
    ['without an ID', { jti: undefined }],
  ])('%s is refused', async (_words, wrong) => {
    const pair = await makePair()
    await add(pair.jwk)
    const now = Math.floor(Date.now() / 1000)
    const put = (text: unknown) => String(text).replace('ISSUER', running.origin)
    const claims = Object.fromEntries(
      Object.entries(wrong).map(([name, value]) => {
        if (typeof value === 'number') return [name, now + value]
        return [name, Array.isArray(value) ? value.map(put) : value && put(value)]
      }),
    )
    expect(await show(await sign(pair, claims))).toMatchObject(refused)
  })

  it('for the token endpoint is taken as one for the issuer', async () => {
    const pair = await makePair()
    await add(pair.jwk)
    const token = `${running.origin}/oauth/token`
    for (const aud of [token, [token], [running.origin, token]])
      expect(await show(await sign(pair, { aud }))).toMatchObject({ status: 200 })
  })

  it('signed with a shared secret, with nothing, or in another way than its key names, is refused', async () => {
    const pair = await makePair('PS256', { alg: 'PS256' })
    await add(pair.jwk)
    const claims = { iss: app.clientId, sub: app.clientId, aud: running.origin, jti: 'once' }
    const hmac = await new jose.SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: pair.jwk.kid })
      .setExpirationTime('1m')
      .sign(new TextEncoder().encode(app.secret))
    expect(await show(hmac)).toMatchObject(refused)
    expect(await show(new jose.UnsecuredJWT(claims).setExpirationTime('1m').encode())).toMatchObject(refused)
    const pkcs8 = await jose.importPKCS8(await jose.exportPKCS8(pair.privateKey), 'RS256')
    expect(await show(await sign({ ...pair, privateKey: pkcs8, alg: 'RS256' }))).toMatchObject(refused)
  })

  it('beside a secret, or that is none at all, is refused', async () => {
    const pair = await makePair()
    await add(pair.jwk)
    const both = { client_id: app.clientId, client_secret: app.secret }
    expect(await show(await sign(pair), both)).toMatchObject({ status: 400 })
    for (const broken of ['', 'a.b.c', 'x'.repeat(20_000)])
      expect((await show(broken)).status).toBeGreaterThanOrEqual(400)
    expect((await show('a.b.c')).status).toBeLessThan(500)
  })

  it('of a public client gives nothing', async () => {
    const phone = await makeApp({ organization: root, clientType: 'native' })
    const pair = await makePair()
    await database()
      .insert(appKeys)
      .values({
        id: newId('appKey'),
        appId: phone.id,
        name: 'Smuggled in',
        kid: pair.jwk.kid,
        publicJwk: pair.jwk as unknown as Record<string, string>,
      })
    const claims = { iss: phone.clientId, sub: phone.clientId }
    expect(await show(await sign(pair, claims))).toMatchObject(refused)
  })
})

describe('a key that ended', () => {
  const keyOf = (keyId: Id<'appKey'>) => eq(appKeys.id, keyId)

  const WAYS = ['ended', 'ran out']
  it.each(WAYS)('%s is refused at the next request', async (how) => {
    const pair = await makePair()
    const keyId = await add(pair.jwk)
    expect(await show(await sign(pair))).toMatchObject({ status: 200 })
    if (how === 'ended') await endKey(as(root.owner), { appId: app.id, keyId })
    else await database().update(appKeys).set({ expiresAt: sql`now()` }).where(keyOf(keyId))
    expect(await show(await sign(pair))).toMatchObject(refused)
  })

  it('of a disabled app opens nothing', async () => {
    const pair = await makePair()
    await add(pair.jwk)
    await database().update(connectedApps).set({ disabledAt: new Date() }).where(eq(connectedApps.id, app.id))
    expect(await show(await sign(pair))).toMatchObject(refused)
  })
})

describe('keys that an app publishes', () => {
  const publishAt = (path: string, ...pairs: Pair[]) =>
    keyServer.publish(path, { keys: pairs.map(({ jwk }) => jwk) })

  /** As if so many seconds had gone by since keys were fetched. */
  function letPass(uri: string, seconds: number): void {
    const { gatehousePublishedKeys: kept } = globalThis as typeof globalThis & {
      gatehousePublishedKeys: Map<string, { at: number }>
    }
    const known = kept.get(uri)
    if (known) known.at -= seconds * 1000
  }

  it('are fetched when something is signed, used again, and asked for anew when one is not known', async () => {
    const [first, second] = [await makePair(), await makePair('EdDSA')]
    const uri = publishAt(`/${app.clientId}`, first)
    await setJwksUri(as(root.owner), { appId: app.id, jwksUri: uri })
    const before = keyServer.state.asked
    expect((await tokenOf(first)).access_token).toBeTruthy()
    expect((await tokenOf(first)).access_token).toBeTruthy()
    expect(keyServer.state.asked).toBe(before + 1)

    publishAt(`/${app.clientId}`, second)
    expect(await show(await sign(second)), 'asked a moment ago').toMatchObject(refused)
    expect(keyServer.state.asked).toBe(before + 1)
    letPass(uri, 31)
    expect((await tokenOf(second)).access_token).toBeTruthy()
    expect(keyServer.state.asked).toBe(before + 2)
    expect(await show(await sign(first)), 'taken down').toMatchObject(refused)
  })

  it('work beside registered ones, for which nobody is asked', async () => {
    const [registered, published] = [await makePair(), await makePair()]
    await add(registered.jwk)
    const uri = publishAt(`/${app.clientId}`, published)
    await setJwksUri(as(root.owner), { appId: app.id, jwksUri: uri })
    for (const pair of [registered, published]) expect((await tokenOf(pair)).access_token).toBeTruthy()
    await setJwksUri(as(root.owner), { appId: app.id, jwksUri: null })
    expect(await show(await sign(published))).toMatchObject(refused)
    expect(await show(await sign(registered))).toMatchObject({ status: 200 })
  })

  it('that cannot be read, or hold a private half, prove nothing, and the server is left in peace', async () => {
    const pair = await makePair()
    const whole = { ...(await jose.exportJWK(pair.privateKey)), kid: pair.jwk.kid }
    for (const answer of [{ status: 500 }, { keys: [whole] }, { body: '[]' }]) {
      const uri = keyServer.publish(`/${newId('event')}`, answer)
      await setJwksUri(as(root.owner), { appId: app.id, jwksUri: uri })
      const before = keyServer.state.asked
      for (const _ of [1, 2, 3]) expect(await show(await sign(pair))).toMatchObject(refused)
      expect(keyServer.state.asked).toBe(before + 1)
    }
  })
})
