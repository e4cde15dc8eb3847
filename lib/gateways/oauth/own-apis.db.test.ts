import { and, eq, inArray } from 'drizzle-orm'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { liveAuthorizations, tokenFamilies } from '#db/schema/authorizations'
import { apis, appContexts } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { newId } from '#lib/base/ids'
import { freezeApps } from '#lib/domain/authorizations/freeze-apps'
import { flushLastUse } from '#lib/domain/authorizations/last-use'
import { removeAuthorization } from '#lib/domain/authorizations/remove-authorization'
import { removeForEveryone } from '#lib/domain/authorizations/remove-for-everyone'
import { createApi } from '#lib/domain/connected-apps/create-api'
import { createScope } from '#lib/domain/connected-apps/create-scope'
import { deleteApp } from '#lib/domain/connected-apps/delete-app'
import { disableApp } from '#lib/domain/connected-apps/disable-app'
import { disableApps } from '#lib/domain/connected-apps/disable-apps'
import { endApi } from '#lib/domain/connected-apps/end-api'
import { endScope } from '#lib/domain/connected-apps/end-scope'
import { rotateSecret } from '#lib/domain/connected-apps/rotate-secret'
import { updateApi } from '#lib/domain/connected-apps/update-api'
import { updateApp } from '#lib/domain/connected-apps/update-app'
import { freezeApp } from '#lib/domain/installations/freeze-app'
import { revokeApp } from '#lib/domain/installations/revoke-app'
import { as } from '#test/actors'
import {
  type Agreement,
  ask,
  authorize,
  browserOf,
  introspect,
  makeAgreement,
  newRequest,
  redeem,
  running,
  tokensOf,
  withAuthorizationServer,
} from '#test/authorization-server'
import { type MadeApp, type MadeOrganization, makeApp, makeOrganization } from '#test/factories'
import { readBearerToken } from './read-bearer.ts'

withAuthorizationServer()

const WORDS = { title: 'Read orders', description: 'Orders and their lines.', risk: 'low' as const }

/** An API made by the verbs, with two scopes, and the app that answers for it. */
async function makeOwnApi(root: MadeOrganization, more: Record<string, unknown> = {}) {
  const word = `p${newId('api').slice(-12)}`
  const audience = `https://${word}.example.com/orders`
  const server = await makeApp({ organization: root, actsAs: 'itself', scopes: [] })
  const given = { organizationId: root.id, name: 'Orders', audience, scopePrefix: word }
  const by = as(root.owner)
  const { apiId } = await createApi(by, { ...given, resourceServerAppId: server.id, ...more })
  const [read, write] = [`${word}:read`, `${word}:write`]
  for (const name of [read, write]) await createScope(by, { apiId, name, ...WORDS })
  return { apiId, audience, server, read, write, by }
}

/** The same with JWTs, an app that holds its scopes, and somebody who said yes. */
async function makeJwtApi() {
  const organization = await makeOrganization()
  const api = await makeOwnApi(organization, { tokenFormat: 'jwt', jwtLifetimeSeconds: 120 })
  const settings = { scopes: ['openid', api.read, api.write] }
  return { ...(await makeAgreement({ organization, settings })), ...api }
}

type JwtApi = Awaited<ReturnType<typeof makeJwtApi>>

/** A code for this API, and the JWT it is redeemed for. */
async function jwtOf({ app, person, audience, read }: Pick<JwtApi, 'app' | 'person' | 'audience' | 'read'>) {
  return tokensOf(app, person, read, { resource: audience })
}

const refreshed = (app: MadeApp, refreshToken: string | undefined, more: Record<string, string> = {}) =>
  ask('/oauth/token', { grant_type: 'refresh_token', refresh_token: refreshToken ?? '', ...more }, app)

async function liveYesOf(appId: MadeApp['id'], userId: Agreement['person']['id']) {
  const [yes] = await database()
    .select({ id: liveAuthorizations.id })
    .from(liveAuthorizations)
    .where(and(eq(liveAuthorizations.appId, appId), eq(liveAuthorizations.userId, userId)))
  if (!yes) throw new Error('Nobody said yes.')
  return yes.id
}

/** What an API does that trusts our signature and asks nothing. */
function verify(token: string, audience: string) {
  const keys = createRemoteJWKSet(new URL(`${running.origin}/oauth/jwks`))
  return jwtVerify(token, keys, { issuer: running.origin, audience, typ: 'at+jwt' })
}

describe('a scope of an own API', () => {
  it('can be asked for as soon as it is defined and given, although the server knew nothing of it', async () => {
    const { organization, app, person } = await makeAgreement()
    await tokensOf(app, person, 'openid')
    const api = await makeOwnApi(organization)
    await updateApp(as(organization.owner), { appId: app.id, version: 1, scopes: ['openid', api.read] })
    await makeAgreement({ organization, app, person, scopes: ['openid', api.read] })
    const { access_token: token } = await tokensOf(app, person, `openid ${api.read}`)
    expect(await introspect(api.server, token)).toMatchObject({
      active: true,
      scope: api.read,
      aud: api.audience,
    })
  })

  it('that has ended is dropped from tokens at the next check, from new ones, and from what is asked', async () => {
    const organization = await makeOrganization()
    const api = await makeOwnApi(organization)
    const settings = { scopes: ['openid', api.read, api.write] }
    const { app, person } = await makeAgreement({ organization, settings })
    const tokens = await tokensOf(app, person, `openid ${api.read} ${api.write}`)
    await endScope(api.by, { apiId: api.apiId, name: api.write })
    expect((await introspect(app, tokens.access_token)).scope).toBe(`openid ${api.read}`)
    expect((await introspect(api.server, tokens.access_token)).scope).toBe(api.read)
    const next = await refreshed(app, tokens.refresh_token)
    expect(next).toMatchObject({ status: 200, body: { scope: `openid ${api.read}` } })
    expect((await tokensOf(app, person, `openid ${api.read} ${api.write}`)).scope).toBe(`openid ${api.read}`)

    await endApi(api.by, { apiId: api.apiId, name: 'Orders' })
    expect(await introspect(api.server, tokens.access_token)).toEqual({ active: false })
    expect((await introspect(app, tokens.access_token)).scope).toBe('openid')
  })

  it('that has ended is given to no app acting for itself, whether it names it or takes all', async () => {
    const organization = await makeOrganization()
    const api = await makeOwnApi(organization)
    const app = await makeApp({ organization, actsAs: 'itself', scopes: [api.read, api.write] })
    await endScope(api.by, { apiId: api.apiId, name: api.write })
    const ways: Record<string, string>[] = [{}, { scope: `${api.read} ${api.write}` }]
    for (const asked of ways) {
      const { body } = await ask('/oauth/token', { grant_type: 'client_credentials', ...asked }, app)
      expect(body.scope).toBe(`${api.read} profile`)
    }
  })

  it('is good for people of its organization alone, whoever publishes the app, and only while the API is open to it', async () => {
    const [here, there] = [await makeOrganization(), await makeOrganization()]
    const api = await makeOwnApi(here, { openTo: 'everyone' })
    const settings = { audience: 'everyone' as const, scopes: ['openid', api.read] }
    const app = await makeApp({ organization: there, ...settings })
    const inside = await makeAgreement({ organization: here, app, scopes: settings.scopes })
    const outside = await makeAgreement({ organization: there, app, scopes: ['openid'] })
    const ours = await tokensOf(app, inside.person, `openid ${api.read}`)
    expect(await introspect(api.server, ours.access_token)).toMatchObject({
      scope: api.read,
      organization_id: here.id,
    })
    const theirs = await tokensOf(app, outside.person, `openid ${api.read}`)
    expect(theirs.scope).toBe('openid')
    expect(await introspect(api.server, theirs.access_token)).toEqual({ active: false })

    await updateApi(api.by, { apiId: api.apiId, version: 1, openTo: 'internal' })
    expect(await introspect(api.server, ours.access_token)).toEqual({ active: false })
    expect((await tokensOf(app, inside.person, `openid ${api.read}`)).scope).toBe('openid')
  })
})

describe('a JWT access token', () => {
  it('is what a request that names the API gets: signed with published keys, for its scopes alone, five minutes at most', async () => {
    const scene = await makeJwtApi()
    const { organization, app, person, audience, read } = scene
    const request = await newRequest(app, `openid ${read}`, { resource: audience })
    const back = await authorize(await browserOf(person), request)
    const tokens = await ask(
      '/oauth/token',
      {
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        code_verifier: request.verifier,
        redirect_uri: request.parameters.redirect_uri ?? '',
        resource: audience,
      },
      app,
    )
    expect(tokens).toMatchObject({ status: 200, body: { expires_in: 120, scope: read } })
    const token = String(tokens.body.access_token)
    expect(decodeProtectedHeader(token)).toMatchObject({
      typ: 'at+jwt',
      alg: 'RS256',
      kid: expect.any(String),
    })
    const { payload } = await verify(token, audience)
    expect(payload).toEqual({
      iss: running.origin,
      aud: audience,
      sub: person.id,
      client_id: app.clientId,
      scope: read,
      organization_id: organization.id,
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 120,
      jti: expect.any(String),
    })
    await expect(verify(token, `${audience}/other`)).rejects.toThrow()
  })

  it('is opaque for whoever names no resource, and for an API that did not choose JWTs', async () => {
    const scene = await makeJwtApi()
    const plain = await tokensOf(scene.app, scene.person, `openid ${scene.read}`)
    expect(plain.access_token).not.toContain('.')
    await updateApi(scene.by, { apiId: scene.apiId, version: 1, tokenFormat: 'opaque' })
    expect((await jwtOf(scene)).access_token).not.toContain('.')
  })

  it('of an app acting for itself is its own, with the places its scopes are good for', async () => {
    const organization = await makeOrganization()
    const api = await makeOwnApi(organization, { tokenFormat: 'jwt' })
    const placed = `${api.read}-in`
    await createScope(api.by, { apiId: api.apiId, name: placed, ...WORDS, needsOrganization: true })
    const app = await makeApp({ organization, actsAs: 'itself', scopes: [api.read, placed] })
    const form = { grant_type: 'client_credentials', resource: api.audience }
    const made = async () =>
      (await verify(String((await ask('/oauth/token', form, app)).body.access_token), api.audience)).payload
    expect(await made()).toMatchObject({
      sub: app.clientId,
      client_id: app.clientId,
      scope: api.read,
      organizations: [],
    })
    await database()
      .insert(appContexts)
      .values({ appId: app.id, scope: placed, organizationId: organization.id })
    expect(await made()).toMatchObject({
      scope: `${api.read} ${placed}`,
      organizations: [{ id: organization.id, scopes: [placed] }],
    })
  })

  it('is never made without a scope of its API, nor for an API that is another organization’s or has ended', async () => {
    const scene = await makeJwtApi()
    const machine = await makeApp({ organization: scene.organization, actsAs: 'itself', scopes: [] })
    const foreign = await makeApp({ organization: await makeOrganization(), actsAs: 'itself', scopes: [] })
    const form = { grant_type: 'client_credentials', resource: scene.audience }
    for (const app of [machine, foreign]) {
      expect(await ask('/oauth/token', form, app)).toMatchObject({
        status: 400,
        body: { error: 'invalid_target' },
      })
    }
    await endApi(scene.by, { apiId: scene.apiId, name: 'Orders' })
    expect(await ask('/oauth/token', form, machine)).toMatchObject({
      status: 400,
      body: { error: 'invalid_target' },
    })
  })

  it('is none for people of another organization, although the app is used there, too', async () => {
    const [here, there] = [await makeOrganization(), await makeOrganization()]
    const api = await makeOwnApi(here, { tokenFormat: 'jwt', openTo: 'everyone' })
    const app = await makeApp({
      organization: there,
      audience: 'everyone',
      scopes: ['openid', 'email', api.read],
    })
    const { person } = await makeAgreement({ organization: there, app, scopes: ['openid', 'email'] })
    const request = await newRequest(app, `email ${api.read}`, { resource: api.audience })
    const back = await authorize(await browserOf(person), request)
    await expect(redeem(app, back, request)).rejects.toMatchObject({ error: 'invalid_target' })
    expect((await tokensOf(app, person, 'email')).scope).toBe('email')
  })

  it('can be introspected by its API, and is active only while it would still be issued', async () => {
    const scene = await makeJwtApi()
    const { access_token: token } = await jwtOf(scene)
    const stranger = await makeApp({ organization: await makeOrganization() })
    expect(await introspect(scene.server, token)).toMatchObject({
      active: true,
      scope: scene.read,
      aud: scene.audience,
      sub: scene.person.id,
      organization_id: scene.organization.id,
      exp: expect.any(Number),
    })
    expect(await introspect(stranger, token)).toEqual({ active: false })
    expect(await introspect(scene.server, `${token.slice(0, -4)}AAAA`)).toEqual({ active: false })
    expect(await ask('/oauth/introspect', { token })).toMatchObject({ status: 401 })
    await disableApp(scene.by, { appId: scene.app.id })
    expect(await introspect(scene.server, token)).toEqual({ active: false })
  })

  it('is refused by our own API and by userinfo, whatever it says', async () => {
    const scene = await makeJwtApi()
    const { access_token: token } = await jwtOf(scene)
    expect(await readBearerToken(token, { audience: `${running.origin}/api/v1` })).toBeNull()
    const userinfo = await fetch(`${running.origin}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect([401, 403]).toContain(userinfo.status)
  })

  it('counts as a use of the yes and of the installation when it is issued, whoever verifies it afterwards', async () => {
    const scene = await makeJwtApi()
    const request = await newRequest(scene.app, scene.read, { resource: scene.audience })
    const back = await authorize(await browserOf(scene.person), request)
    await flushLastUse()
    const ofApp = eq(installations.appId, scene.app.id)
    const yeses = database()
      .select({ id: liveAuthorizations.id })
      .from(liveAuthorizations)
      .where(eq(liveAuthorizations.appId, scene.app.id))
    await database()
      .update(tokenFamilies)
      .set({ lastUsedAt: null })
      .where(inArray(tokenFamilies.authorizationId, yeses))
    await database().update(installations).set({ lastUsedAt: null }).where(ofApp)
    expect(decodeProtectedHeader((await redeem(scene.app, back, request)).access_token).typ).toBe('at+jwt')
    await flushLastUse()
    const [installation] = await database().select().from(installations).where(ofApp)
    expect(installation?.lastUsedAt).toBeInstanceOf(Date)
  })

  it('outlives Remove only until the moment the receipt names; the next refresh fails [P41]', async () => {
    const scene = await makeJwtApi()
    const named = { rootOrganizationId: scene.organization.id, appId: scene.app.id }
    const tokens = await jwtOf(scene)
    const { exp = 0 } = (await verify(tokens.access_token, scene.audience)).payload
    const receipt = await removeForEveryone(scene.by, named)
    const until = receipt.jwtsUntil?.getTime() ?? 0
    expect(until).toBeGreaterThanOrEqual(exp * 1000)
    expect(until).toBeLessThan(exp * 1000 + 60_000)
    expect(await introspect(scene.server, tokens.access_token)).toEqual({ active: false })
    expect(await refreshed(scene.app, tokens.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })

  it('is named in the receipt of one person, and not where only opaque tokens are out', async () => {
    const scene = await makeJwtApi()
    const others = await makeAgreement({
      organization: scene.organization,
      app: scene.app,
      scopes: ['openid', scene.read],
    })
    await jwtOf(scene)
    await tokensOf(scene.app, others.person, `openid ${scene.read}`)
    const yesOf = ({ id }: Agreement['person']) => liveYesOf(scene.app.id, id)
    expect(
      (await removeAuthorization(as(others.person), { authorizationId: await yesOf(others.person) }))
        .jwtsUntil,
    ).toBeNull()
    expect(
      (await removeAuthorization(as(scene.person), { authorizationId: await yesOf(scene.person) })).jwtsUntil,
    ).toEqual(expect.any(Date))
  })

  it.each([
    ['disabled', ({ by, app }: JwtApi) => disableApp(by, { appId: app.id })],
    [
      'disabled with others',
      ({ by, app, server, organization }: JwtApi) =>
        disableApps(by, { selection: { organizationId: organization.id, appIds: [server.id, app.id] } }),
    ],
    ['disabled and revoked', ({ by, app }: JwtApi) => revokeApp(by, { appId: app.id })],
    ['deleted', ({ by, app }: JwtApi) => deleteApp(by, { appId: app.id, name: app.name })],
    [
      'frozen',
      ({ by, app, organization }: JwtApi) =>
        freezeApp(by, { rootOrganizationId: organization.id, appId: app.id }),
    ],
    [
      'frozen with others',
      ({ by, organization }: JwtApi) =>
        freezeApps(by, { rootOrganizationId: organization.id, selection: { matching: {} } }),
    ],
  ])('outlives its app that is %s only until the moment that is said then [P41]', async (_, act) => {
    const scene = await makeJwtApi()
    const { access_token: token } = await jwtOf(scene)
    const { exp = 0 } = (await verify(token, scene.audience)).payload
    const until = (await act(scene)).jwtsUntil?.getTime() ?? 0
    expect(until).toBeGreaterThanOrEqual(exp * 1000)
    expect(until).toBeLessThan(exp * 1000 + 60_000)
  })

  it('of an app acting for itself is named by a rotation that ends its tokens, and by no other [P41]', async () => {
    const scene = await makeJwtApi()
    const { organization, by, read, audience } = scene
    const app = await makeApp({ organization, actsAs: 'itself', scopes: [read] })
    const issue = () => ask('/oauth/token', { grant_type: 'client_credentials', resource: audience }, app)
    const { exp = 0 } = (await verify(String((await issue()).body.access_token), audience)).payload
    expect((await rotateSecret(by, { appId: app.id })).jwtsUntil).toBeNull()
    const rotated = await rotateSecret(by, { appId: app.id, overlapHours: 0, endTokens: true })
    expect(rotated.jwtsUntil?.getTime()).toBeGreaterThanOrEqual(exp * 1000)
  })

  it('issued while Remove runs is counted by it, or never handed out', async () => {
    for (let round = 0; round < 6; round++) {
      const scene = await makeJwtApi()
      const first = await tokensOf(scene.app, scene.person, scene.read, { resource: scene.audience })
      await database().update(apis).set({ jwtLifetimeSeconds: 300 }).where(eq(apis.id, scene.apiId))
      const named = { rootOrganizationId: scene.organization.id, appId: scene.app.id }
      const [issued, receipt] = await Promise.all([
        refreshed(scene.app, first.refresh_token, { resource: scene.audience }),
        removeForEveryone(scene.by, named),
      ])
      if (issued.status !== 200) continue
      const { exp = 0 } = (await verify(String(issued.body.access_token), scene.audience)).payload
      expect(receipt.jwtsUntil?.getTime()).toBeGreaterThanOrEqual(exp * 1000)
    }
  })
})
