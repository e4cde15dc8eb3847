import { describe, expect, it } from 'vitest'
import {
  ask,
  authorize,
  browserOf,
  CALLBACK,
  introspect,
  makeAgreement,
  newRequest,
  running,
  withAuthorizationServer,
} from '#test/authorization-server'
import { makeApp, makeOrganization } from '#test/factories'

withAuthorizationServer()

const TOKEN = '/accounts/api/v2/oauth2/token'

async function post(path: string, body: unknown, contentType = 'application/json') {
  const response = await fetch(`${running.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, body: text ? JSON.parse(text) : {} }
}

async function makeItself() {
  const scopes = ['connected-apps:read']
  return makeApp({ organization: await makeOrganization(), actsAs: 'itself', scopes })
}

const credentials = (app: { clientId: string; secret: string }) => ({
  client_id: app.clientId,
  client_secret: app.secret,
  grant_type: 'client_credentials',
})

describe('the token endpoint where Anypoint has it', () => {
  it('takes client credentials as JSON, and as a form', async () => {
    const app = await makeItself()
    const asJson = await post(TOKEN, credentials(app))
    expect(asJson).toMatchObject({ status: 200, body: { expires_in: 3600, token_type: 'Bearer' } })
    expect((await introspect(app, asJson.body.access_token)).active).toBe(true)
    expect(await ask(TOKEN, credentials(app))).toMatchObject({ status: 200 })
  })

  it('refuses wrong credentials as the standard says, and what is no JSON object as an empty request', async () => {
    const app = await makeItself()
    const wrong = await post(TOKEN, { ...credentials(app), client_secret: 'wrong' })
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    for (const body of ['', '[]', '{', 'null', '"x"', '{"grant_type":1}', `{"a":"${'x'.repeat(60_000)}"}`]) {
      expect(await post(TOKEN, body)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    }
  })

  it('takes JSON nowhere else: a page of another site cannot send it without being asked', async () => {
    const app = await makeItself()
    expect(await post('/oauth/token', credentials(app))).toMatchObject({ status: 400 })
    expect(await post(TOKEN, credentials(app), 'text/plain')).toMatchObject({ status: 400 })
  })

  it('redeems a code that came from the authorization endpoint there, renews it, and revokes it', async () => {
    const { app, person } = await makeAgreement()
    const request = await newRequest(app, 'openid')
    const browser = await browserOf(person)
    const there = `/accounts/api/v2/oauth2/authorize?${new URLSearchParams(request.parameters)}`
    const back = new URL((await browser.get(there)).headers.get('location') ?? '', running.origin)
    expect(back.href).toContain(CALLBACK)
    expect((await authorize(browser, request)).href).toContain(CALLBACK)
    const client = { client_id: app.clientId, client_secret: app.secret }
    const tokens = await post(TOKEN, {
      ...client,
      grant_type: 'authorization_code',
      code: back.searchParams.get('code'),
      redirect_uri: CALLBACK,
      code_verifier: request.verifier,
    })
    expect(tokens).toMatchObject({ status: 200, body: { refresh_token: expect.any(String) } })
    const renewed = await post(TOKEN, {
      ...client,
      grant_type: 'refresh_token',
      refresh_token: tokens.body.refresh_token,
    })
    expect(renewed.status).toBe(200)
    const revoked = await post('/accounts/api/v2/oauth2/revoke', {
      ...client,
      token: renewed.body.access_token,
    })
    expect(revoked.status).toBe(200)
    expect((await introspect(app, renewed.body.access_token)).active).toBe(false)
  })

  it('is found by discovery there, which names our own addresses', async () => {
    const response = await fetch(`${running.origin}/accounts/api/v2/oauth2/.well-known/openid-configuration`)
    expect(await response.json()).toMatchObject({
      issuer: running.origin,
      token_endpoint: `${running.origin}/oauth/token`,
    })
  })

  it('has nothing else below it', async () => {
    for (const path of [
      '/accounts/api/v2/oauth2/',
      '/accounts/api/v2/oauth2/toString',
      '/accounts/api/v2/oauth2/register',
    ]) {
      expect((await post(path, {})).status).toBe(404)
    }
  })
})
