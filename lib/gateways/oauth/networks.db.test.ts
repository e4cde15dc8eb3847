import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { appContexts } from '#db/schema/connected-apps'
import { signInThrottles } from '#db/schema/users'
import { createApi } from '#lib/domain/connected-apps/create-api'
import { createScope } from '#lib/domain/connected-apps/create-scope'
import { getNetworks } from '#lib/domain/installations/get-networks'
import type { NetworkMode } from '#lib/domain/installations/network-limit'
import { setNetworks } from '#lib/domain/installations/set-networks'
import { as } from '#test/actors'
import {
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
import { type MadeApp, type MadeOrganization, makeApp, makeMember, makeOrganization } from '#test/factories'
import { CAME_FROM } from '#test/policy-model'
import { requestFrom } from '#test/request-from'
import { Visit } from '#test/visit'
import { withinRequest } from '../../base/request-context.ts'
import { answerYes } from './interaction-answers.ts'
import { readBearerToken } from './read-bearer.ts'

/* Everybody in these tests comes from this machine: an app is let in from it, or from elsewhere alone. */
withAuthorizationServer()

const HERE = ['127.0.0.0/8']
const ELSEWHERE = ['203.0.113.0/24', '2001:db8::/32']
const READ = 'connected-apps:read'

async function letIn(
  organization: MadeOrganization,
  app: MadeApp,
  networks: string[],
  mode: NetworkMode = 'enforce',
): Promise<void> {
  const named = { rootOrganizationId: organization.id, appId: app.id }
  const { version } = await getNetworks(as(organization.owner), named)
  await setNetworks(as(organization.owner), { ...named, mode, networks, version })
}

const refused = {
  status: 400,
  body: { error: 'unauthorized_client', error_uri: expect.stringMatching(/\/why\/unauthorized-client$/) },
}
const refresh = (app: MadeApp, token: string | undefined) =>
  ask('/oauth/token', { grant_type: 'refresh_token', refresh_token: token ?? '' }, app)
const userinfo = async (token: string) =>
  (await fetch(`${running.origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status

describe('an app that is let in from elsewhere alone', () => {
  it('gets no code, and its person a page that says why; from inside all goes on [P122] [AS-10]', async () => {
    const organization = await makeOrganization()
    const person = await makeMember(organization)
    const app = await makeApp({ organization, scopes: ['openid'] })
    await letIn(organization, app, ELSEWHERE)
    const browser = await browserOf(person)
    const silent = await authorize(browser, await newRequest(app, 'openid', { prompt: 'none' }))
    expect(silent.searchParams.get('error')).toBe('interaction_required')
    const request = await newRequest(app, 'openid')
    const page = new Visit(browser, await authorize(browser, request))
    expect(await page.view()).toMatchObject({ kind: 'elsewhere', address: CAME_FROM })
    const said = { rootOrganizationId: organization.id, scopes: ['openid'] }
    const yes = async () => answerYes(await page.atHand(), said)
    await expect(page.within(yes)).rejects.toMatchObject({ code: 'forbidden' })

    await letIn(organization, app, HERE)
    expect(await page.view()).toMatchObject({ kind: 'consent' })
    expect((await page.follow(await page.within(yes))).searchParams.get('code')).toEqual(expect.any(String))
  })

  it('gets no code where its person said yes inside and goes on from outside', async () => {
    const organization = await makeOrganization()
    const app = await makeApp({ organization, scopes: ['openid'] })
    const browser = await browserOf(await makeMember(organization))
    const page = new Visit(browser, await authorize(browser, await newRequest(app, 'openid')))
    const said = { rootOrganizationId: organization.id, scopes: ['openid'] }
    const onward = await page.within(async () => answerYes(await page.atHand(), said))
    await letIn(organization, app, ELSEWHERE)
    const next = await page.follow(onward)
    expect([next.origin, next.searchParams.get('code')]).toEqual([running.origin, null])
    const stopped = new Visit(browser, next)
    expect(await stopped.view()).toMatchObject({ kind: 'elsewhere' })
  })

  it('gets no new code for what was authorized before', async () => {
    const { organization, app, person } = await makeAgreement()
    await letIn(organization, app, ELSEWHERE)
    const back = await authorize(await browserOf(person), await newRequest(app, 'openid', { prompt: 'none' }))
    expect(back.searchParams.get('code')).toBeNull()
  })

  it('redeems no code, and uses none up by trying [P122]', async () => {
    const { organization, app, person } = await makeAgreement()
    const request = await newRequest(app, 'openid')
    const back = await authorize(await browserOf(person), request)
    await letIn(organization, app, ELSEWHERE)
    await expect(redeem(app, back, request)).rejects.toMatchObject({
      error: 'unauthorized_client',
      error_description: expect.stringContaining('only from some networks'),
    })
    await letIn(organization, app, ELSEWHERE, 'enforce-except-refresh')
    await expect(redeem(app, back, request)).rejects.toMatchObject({ error: 'unauthorized_client' })
    await letIn(organization, app, HERE)
    expect((await redeem(app, back, request)).access_token).toEqual(expect.any(String))
  })

  it('refreshes no token, and loses none by trying; unless refreshes are let in from everywhere [P122] [AS-10]', async () => {
    const { organization, app, person } = await makeAgreement()
    const tokens = await tokensOf(app, person, 'openid profile')
    await letIn(organization, app, ELSEWHERE)
    expect(await refresh(app, tokens.refresh_token)).toMatchObject(refused)
    await letIn(organization, app, ELSEWHERE, 'enforce-except-refresh')
    const { status, body } = await refresh(app, tokens.refresh_token)
    expect(status).toBe(200)
    expect(await userinfo(String(body.access_token))).toBe(403)
    await letIn(organization, app, ELSEWHERE, 'off')
    expect(await userinfo(String(body.access_token))).toBe(200)
  })

  it('learns nothing of its person, and does nothing at our API [P122]', async () => {
    const { organization, app, person } = await makeAgreement({ settings: { scopes: ['openid', READ] } })
    const { access_token: token } = await tokensOf(app, person, `openid ${READ}`)
    await letIn(organization, app, ELSEWHERE)
    expect(await userinfo(token)).toBe(403)
    const read = () => readBearerToken(token, { audience: `${running.origin}/api/v1` })
    await expect(withinRequest(requestFrom(CAME_FROM), read)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(read()).rejects.toMatchObject({ code: 'forbidden' })
    for (const inside of ['203.0.113.9', '::ffff:203.0.113.9', '2001:db8::7'])
      expect(await withinRequest(requestFrom(inside), read)).toMatchObject({
        kind: 'user',
        userId: person.id,
      })
  })

  it('is introspected by others as before and never by itself, and may give its token back', async () => {
    const { organization, app, person } = await makeAgreement()
    const gateway = await makeApp({ organization, introspectsOrganization: true })
    const { access_token: token, refresh_token: refreshToken = '' } = await tokensOf(app, person, 'openid')
    await letIn(organization, app, ELSEWHERE)
    expect((await introspect(gateway, token)).active).toBe(true)
    expect(await introspect(app, token)).toEqual({ active: false })
    expect(await introspect(app, refreshToken)).toEqual({ active: false })
    await letIn(organization, app, ELSEWHERE, 'enforce-except-refresh')
    // It can be refreshed from here, and so it is good.
    expect((await introspect(app, refreshToken)).active).toBe(true)
    expect((await ask('/oauth/revoke', { token }, app)).status).toBe(200)
    expect((await introspect(gateway, token)).active).toBe(false)
  })

  it('is stopped where its person comes from outside by then, also for a request that it pushed from inside', async () => {
    const { organization, app, person } = await makeAgreement()
    const request = await newRequest(app, 'openid', { prompt: 'none' })
    const pushed = await ask('/oauth/par', request.parameters, app)
    expect(pushed.status).toBe(201)
    await letIn(organization, app, ELSEWHERE)
    const parameters = { client_id: app.clientId, request_uri: String(pushed.body.request_uri) }
    const back = await authorize(await browserOf(person), { ...request, parameters })
    expect(back.searchParams.get('error')).toBe('interaction_required')
  })

  it('is let in as ever by another organization [P121]', async () => {
    const app = await makeApp({
      organization: await makeOrganization(),
      audience: 'everyone',
      scopes: ['openid'],
    })
    const [strict, open] = [await makeOrganization(), await makeOrganization()]
    const [one, other] = [
      await makeAgreement({ organization: strict, app, scopes: ['openid'] }),
      await makeAgreement({ organization: open, app, scopes: ['openid'] }),
    ]
    await letIn(strict, app, ELSEWHERE)
    const silent = async (person: { id: typeof one.person.id }, organization: MadeOrganization) =>
      authorize(
        await browserOf(person),
        await newRequest(app, 'openid', { prompt: 'none', organization: organization.id }),
      )
    expect((await silent(one.person, strict)).searchParams.get('code')).toBeNull()
    expect((await silent(other.person, open)).searchParams.get('code')).toEqual(expect.any(String))
  })
})

describe('a device of an app that is let in from elsewhere alone', () => {
  // All tests come from one address.
  const forgive = async () => {
    await database().delete(signInThrottles)
  }
  beforeEach(forgive)
  afterAll(forgive)

  it('gets no token for a code that a person inside confirmed [P122]', async () => {
    const grant = 'urn:ietf:params:oauth:grant-type:device_code'
    const settings = { clientType: 'native' as const, grantTypes: [grant, 'refresh_token'], redirectUris: [] }
    const { organization, app, person } = await makeAgreement({ settings })
    const { body } = await ask('/oauth/device', { client_id: app.clientId, scope: 'openid' })
    const browser = await browserOf(person)
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(await (await browser.get('/device')).text())?.[1] ?? ''
    const form = { xsrf, user_code: String(body.user_code) }
    await browser.post('/device', form)
    await browser.post('/device', { ...form, confirm: 'yes' })
    await letIn(organization, app, ELSEWHERE)
    const poll = () =>
      ask('/oauth/token', {
        grant_type: grant,
        client_id: app.clientId,
        device_code: String(body.device_code),
      })
    expect(await poll()).toMatchObject(refused)
    // Another app learns nothing of why.
    const other = await makeApp({ organization, ...settings })
    const stolen = { grant_type: grant, client_id: other.clientId, device_code: String(body.device_code) }
    expect((await ask('/oauth/token', stolen)).body.error).toBe('invalid_grant')
    await letIn(organization, app, HERE)
    expect((await poll()).status).toBe(200)
  })
})

it('a device that a person confirms from outside leads to the page that says why, and waits', async () => {
  await database().delete(signInThrottles)
  const grant = 'urn:ietf:params:oauth:grant-type:device_code'
  const settings = { clientType: 'native' as const, grantTypes: [grant, 'refresh_token'], redirectUris: [] }
  const { organization, app, person } = await makeAgreement({ settings })
  await letIn(organization, app, ELSEWHERE)
  const { body } = await ask('/oauth/device', { client_id: app.clientId, scope: 'openid' })
  const browser = await browserOf(person)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await (await browser.get('/device')).text())?.[1] ?? ''
  const form = { xsrf, user_code: String(body.user_code) }
  await browser.post('/device', form)
  const sent = await browser.post('/device', { ...form, confirm: 'yes' })
  const page = new Visit(browser, new URL(sent.headers.get('location') ?? '', running.origin))
  expect(await page.view()).toMatchObject({ kind: 'elsewhere' })
  const poll = { grant_type: grant, client_id: app.clientId, device_code: String(body.device_code) }
  expect((await ask('/oauth/token', poll)).body.error).toBe('authorization_pending')
})

describe('an app acting for itself that is let in from elsewhere alone', () => {
  it('gets no token, and does nothing at our API with one that is out [P122]', async () => {
    const organization = await makeOrganization()
    const app = await makeApp({ organization, actsAs: 'itself', scopes: [READ] })
    await database()
      .insert(appContexts)
      .values({ appId: app.id, scope: READ, organizationId: organization.id })
    const given = await ask('/oauth/token', { grant_type: 'client_credentials', scope: READ }, app)
    await letIn(organization, app, ELSEWHERE)
    expect(await ask('/oauth/token', { grant_type: 'client_credentials', scope: READ }, app)).toMatchObject(
      refused,
    )
    const read = () =>
      readBearerToken(String(given.body.access_token), { audience: `${running.origin}/api/v1` })
    await expect(withinRequest(requestFrom(CAME_FROM), read)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await withinRequest(requestFrom('203.0.113.9'), read)).toMatchObject({
      kind: 'app',
      appId: app.id,
    })
    await letIn(organization, app, HERE)
    expect((await ask('/oauth/token', { grant_type: 'client_credentials', scope: READ }, app)).status).toBe(
      200,
    )
  })

  it('gets no JWT either', async () => {
    const organization = await makeOrganization()
    const by = as(organization.owner)
    const server = await makeApp({ organization, actsAs: 'itself', scopes: [] })
    const prefix = `p${server.id.slice(-12)}`
    const audience = `https://${prefix}.example.com`
    const { apiId } = await createApi(by, {
      organizationId: organization.id,
      name: 'Orders',
      audience,
      scopePrefix: prefix,
      resourceServerAppId: server.id,
      tokenFormat: 'jwt',
    })
    const name = `${prefix}:read`
    await createScope(by, { apiId, name, title: 'Read', description: 'Orders.', risk: 'low' })
    const app = await makeApp({ organization, actsAs: 'itself', scopes: [name] })
    const form = { grant_type: 'client_credentials', scope: name, resource: audience }
    expect((await ask('/oauth/token', form, app)).status).toBe(200)
    await letIn(organization, app, ELSEWHERE)
    expect(await ask('/oauth/token', form, app)).toMatchObject(refused)
  })
})
