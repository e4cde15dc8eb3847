import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { tokens } from '#db/schema/authorizations'
import { apis, connectedApps, scopes } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { newId } from '#lib/base/ids'
import { hashToken } from '#lib/base/secrets'
import { setIntrospection } from '#lib/domain/connected-apps/set-introspection'
import { as } from '#test/actors'
import {
  ask,
  introspect,
  makeAgreement,
  running,
  tokensOf,
  withAuthorizationServer,
} from '#test/authorization-server'
import { type MadeApp, makeApp, makeOrganization } from '#test/factories'

withAuthorizationServer()

/** An API with two scopes of its own, and the app that answers for it. */
async function makeApi(resourceServer: MadeApp) {
  const id = newId('api')
  const word = id.slice(-8)
  const audience = `https://${word}.api.example.com`
  const [read, write] = [`orders:read:${word}`, `orders:write:${word}`]
  await database().insert(apis).values({
    id,
    rootOrganizationId: resourceServer.rootOrganizationId,
    name: word,
    audience,
    resourceServerAppId: resourceServer.id,
  })
  const words = { apiId: id, title: 'Orders', description: 'Orders', risk: 'low' as const }
  await database()
    .insert(scopes)
    .values([read, write].map((name) => ({ name, ...words })))
  return { audience, read, write }
}

describe('who may introspect a token', () => {
  it('the app itself sees all of it, with the audiences of its scopes [P115]', async () => {
    const { organization, app, person } = await makeAgreement()
    const { access_token: token } = await tokensOf(app, person, 'openid email')
    expect(await introspect(app, token)).toEqual({
      active: true,
      client_id: app.clientId,
      sub: person.id,
      scope: 'openid email',
      aud: running.origin,
      iss: running.origin,
      organization_id: organization.id,
      token_type: 'Bearer',
      iat: expect.any(Number),
      exp: expect.any(Number),
    })
  })

  it('the app that registered it does too [P115]', async () => {
    const { organization, app, person } = await makeAgreement()
    const registrar = await makeApp({ organization })
    const { access_token: token } = await tokensOf(app, person, 'openid')
    expect(await introspect(registrar, token)).toEqual({ active: false })
    await database()
      .update(connectedApps)
      .set({ registeredByAppId: registrar.id })
      .where(eq(connectedApps.id, app.id))
    expect((await introspect(registrar, token)).scope).toBe('openid')
  })

  it('a resource server sees tokens that hold its scopes, and those scopes alone [P115, P91]', async () => {
    const organization = await makeOrganization()
    const resourceServer = await makeApp({ organization })
    const api = await makeApi(resourceServer)
    const { app, person } = await makeAgreement({
      organization,
      settings: { scopes: ['openid', 'email', api.read, api.write] },
    })
    const { access_token: token } = await tokensOf(app, person, `openid ${api.read}`)
    expect(await introspect(resourceServer, token)).toMatchObject({
      active: true,
      scope: api.read,
      aud: api.audience,
      sub: person.id,
    })
    const without = await tokensOf(app, person, 'openid email')
    expect(await introspect(resourceServer, without.access_token)).toEqual({ active: false })
  })

  it('an app named for the organization sees tokens of its people, wherever the app is at home, and no others [P115]', async () => {
    const home = await makeAgreement({ settings: { audience: 'everyone' } })
    const elsewhere = await makeAgreement({ app: home.app, scopes: ['openid'] })
    const gateway = await makeApp({ organization: elsewhere.organization, introspectsOrganization: true })
    const theirs = await tokensOf(home.app, elsewhere.person, 'openid')
    const others = await tokensOf(home.app, home.person, 'openid')
    expect(await introspect(gateway, theirs.access_token)).toMatchObject({
      active: true,
      sub: elsewhere.person.id,
    })
    expect(await introspect(gateway, others.access_token)).toEqual({ active: false })
  })

  it('an app named for the organization sees tokens from then on, and none once that is taken back [P115]', async () => {
    const { organization, app, person } = await makeAgreement()
    const gateway = await makeApp({ organization })
    const { access_token: token } = await tokensOf(app, person, 'openid')
    const name = (isOn: boolean) => setIntrospection(as(organization.owner), { appId: gateway.id, isOn })
    expect(await introspect(gateway, token)).toEqual({ active: false })
    await name(true)
    expect(await introspect(gateway, token)).toMatchObject({ active: true })
    await name(false)
    expect(await introspect(gateway, token)).toEqual({ active: false })
  })

  it('nobody but the app itself is told that a refresh token is active', async () => {
    const organization = await makeOrganization()
    const resourceServer = await makeApp({ organization })
    const api = await makeApi(resourceServer)
    const settings = { scopes: ['openid', api.read] }
    const { app, person } = await makeAgreement({ organization, settings })
    const gateway = await makeApp({ organization, introspectsOrganization: true })
    const { refresh_token: token = '' } = await tokensOf(app, person, `openid ${api.read}`)
    expect((await introspect(app, token)).active).toBe(true)
    expect(await introspect(gateway, token)).toEqual({ active: false })
    expect(await introspect(resourceServer, token)).toEqual({ active: false })
  })
})

describe('introspection', () => {
  it.each([['nobody’s'], ['x'.repeat(5_000)], ['\u0000']])(
    'of what is no token says inactive (%#) [P116]',
    async (token) => {
      const app = await makeApp({ organization: await makeOrganization() })
      expect(await ask('/oauth/introspect', { token }, app)).toMatchObject({
        status: 200,
        body: { active: false },
      })
    },
  )

  it('of a token that expired, or was given back, says inactive and nothing else [P116]', async () => {
    const { app, person } = await makeAgreement()
    const [expired, revoked] = [await tokensOf(app, person, 'openid'), await tokensOf(app, person, 'openid')]
    for (const { access_token: token } of [expired, revoked])
      expect(await introspect(app, token)).toMatchObject({ active: true })
    await database()
      .update(tokens)
      .set({ expiresAt: sql`now() - interval '1 second'` })
      .where(eq(tokens.hash, hashToken(expired.access_token)))
    await ask('/oauth/revoke', { token: revoked.access_token }, app)
    for (const { access_token: token } of [expired, revoked]) {
      expect(await ask('/oauth/introspect', { token }, app)).toMatchObject({ status: 200 })
      expect(await introspect(app, token)).toEqual({ active: false })
    }
  })

  it('finds no token of an app whose own organization is suspended, wherever it was allowed [P115]', async () => {
    const here = await makeOrganization()
    const publisher = await makeOrganization()
    const app = await makeApp({ organization: publisher, audience: 'everyone' })
    const { person } = await makeAgreement({ organization: here, app, scopes: ['openid', 'profile'] })
    const watcher = await makeApp({ organization: here, introspectsOrganization: true })
    const { access_token: token } = await tokensOf(app, person, 'openid')
    expect(await introspect(watcher, token)).toMatchObject({ active: true, client_id: app.clientId })
    const suspend = (suspendedAt: Date | null) =>
      database().update(organizations).set({ suspendedAt }).where(eq(organizations.id, publisher.id))
    await suspend(new Date())
    expect(await introspect(watcher, token)).toEqual({ active: false })
    await suspend(null)
    expect(await introspect(watcher, token)).toMatchObject({ active: true })
  })

  it('without client authentication is 401, known token or not [P116]', async () => {
    const { app, person } = await makeAgreement()
    const { access_token } = await tokensOf(app, person, 'openid')
    for (const token of [access_token, 'unknown']) {
      const answer = await ask('/oauth/introspect', { token })
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic/)
    }
  })

  it('by a public client is 401, also of its own token [P116]', async () => {
    const { app, person } = await makeAgreement({ settings: { clientType: 'browser' } })
    const { access_token } = await tokensOf(app, person, 'openid')
    for (const token of [access_token, 'unknown']) {
      const answer = await ask('/oauth/introspect', { token, client_id: app.clientId })
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    }
  })
})

describe('a request that names a resource', () => {
  it('gets a token for that API alone, refused at userinfo; a plain one needs none', async () => {
    const organization = await makeOrganization()
    const resourceServer = await makeApp({ organization })
    const api = await makeApi(resourceServer)
    const settings = { scopes: ['openid', api.read, api.write] }
    const { app, person } = await makeAgreement({ organization, settings })
    const bound = await tokensOf(app, person, api.read, { resource: api.audience })
    expect(await introspect(resourceServer, bound.access_token)).toMatchObject({
      scope: api.read,
      aud: api.audience,
    })
    const userinfo = await fetch(`${running.origin}/oauth/userinfo`, {
      headers: { authorization: `Bearer ${bound.access_token}` },
    })
    expect(userinfo.status).toBeGreaterThanOrEqual(401)
    const refreshed = await ask(
      '/oauth/token',
      { grant_type: 'refresh_token', refresh_token: bound.refresh_token ?? '', resource: api.audience },
      app,
    )
    expect(refreshed).toMatchObject({ status: 200, body: { scope: api.read } })
    expect(await introspect(resourceServer, String(refreshed.body.access_token))).toMatchObject({
      aud: api.audience,
    })
  })

  it('that nobody knows gets invalid_target', async () => {
    const app = await makeApp({ organization: await makeOrganization(), actsAs: 'itself' })
    const form = { grant_type: 'client_credentials', resource: 'https://unknown.example.com' }
    expect(await ask('/oauth/token', form, app)).toMatchObject({
      status: 400,
      body: { error: 'invalid_target' },
    })
  })
})
