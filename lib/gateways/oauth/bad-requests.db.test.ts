import { describe, expect, it } from 'vitest'
import {
  ask,
  authorize,
  browserOf,
  makeAgreement,
  newRequest,
  redeem,
  running,
  withAuthorizationServer,
} from '#test/authorization-server'
import { makeApp, makeOrganization } from '#test/factories'

withAuthorizationServer()

const FORM = 'application/x-www-form-urlencoded'

async function post(path: string, body: string, type = FORM, headers: Record<string, string> = {}) {
  const response = await fetch(`${running.origin}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...headers },
  })
  return { status: response.status, body: (await response.json()) as { error?: string } }
}

describe('a malformed request', () => {
  it.each([
    ['no grant type', ''],
    ['an unknown grant type', 'grant_type=magic'],
    ['a parameter twice', 'grant_type=client_credentials&grant_type=client_credentials'],
    ['a scope with control characters', 'grant_type=client_credentials&scope=%01'],
    ['a scope that is NUL', 'grant_type=client_credentials&scope=%00'],
    ['a grant type named like an object’s own', 'grant_type=__proto__'],
    ['bytes that are no text', 'grant_type=%ff%fe&scope=%c3%28'],
    ['more than a form may hold', `grant_type=client_credentials&scope=${'x'.repeat(70_000)}`],
    ['a resource that is no address', 'grant_type=client_credentials&resource=nowhere'],
    ['a resource with a fragment', 'grant_type=client_credentials&resource=https%3A%2F%2Fx.example%2F%23y'],
  ])('with %s gets an OAuth error, never a 500', async (_what, body) => {
    const app = await makeApp({ organization: await makeOrganization(), actsAs: 'itself' })
    const authorization = `Basic ${Buffer.from(`${app.clientId}:${app.secret}`).toString('base64')}`
    const answer = await post('/oauth/token', body, FORM, { authorization })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.body.error).toMatch(/^(invalid|unsupported)_/)
  })

  it.each([
    ['JSON', '{}', 'application/json'],
    ['a file', 'x', 'multipart/form-data; boundary=x'],
    ['a charset nobody knows', 'grant_type=client_credentials', `${FORM}; charset=klingon`],
  ])('that sends %s is refused', async (_what, body, type) => {
    expect(await post('/oauth/token', body, type)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
  })

  it.each([
    ['Basic'],
    ['Basic !!!'],
    [`Basic ${Buffer.from('nocolon').toString('base64')}`],
    [`Basic ${Buffer.from('%00:x').toString('base64')}`],
    [`Basic ${Buffer.from(`${'a'.repeat(4000)}:x`).toString('base64')}`],
    ['Bearer x'],
  ])('with credentials that are none is refused (%#)', async (authorization) => {
    const answer = await post('/oauth/token', 'grant_type=client_credentials', FORM, { authorization })
    expect([400, 401]).toContain(answer.status)
    expect(answer.body.error).toMatch(/^invalid_(request|client)$/)
  })

  it.each([['\u0000'], ['../../etc'], ['💥'], ['x'.repeat(3000)], ["' or 1=1 --"]])(
    'from a client with an impossible name is from nobody (%#)',
    async (client_id) => {
      expect(
        await ask('/oauth/token', { grant_type: 'client_credentials', client_id, client_secret: 'x' }),
      ).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      })
    },
  )

  it.each(['/oauth/nowhere', '/oauth/token', '/oauth/introspect', '/.well-known/nowhere'])(
    'to %s by GET is told so',
    async (path) => {
      const answer = await fetch(`${running.origin}${path}`)
      expect(answer.status).toBe(404)
      expect(await answer.json()).toMatchObject({ error: 'invalid_request' })
    },
  )
})

describe('an authorization request', () => {
  it.each([
    ['from an unknown app', { client_id: 'nobody' }],
    ['to another address', { redirect_uri: 'https://evil.example.com/callback' }],
    [
      'to an address that only begins like one',
      { redirect_uri: 'https://app.example.com/callback/../../evil' },
    ],
  ])('%s shows a page of ours and sends nobody anywhere', async (_what, change) => {
    const { app, person } = await makeAgreement()
    const browser = await browserOf(person)
    const request = await newRequest(app, 'openid', { ...change, error_description: '<script>' })
    const answer = await browser.get(`/oauth/authorize?${new URLSearchParams(request.parameters)}`)
    const text = await answer.text()
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
    expect(text).toContain('· Gatehouse</title>')
    expect(text).not.toContain('oops')
    expect(answer.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    )
  })

  it.each([
    ['an unknown response type', { response_type: 'magic' }, 'unsupported_response_type'],
    ['an unknown prompt', { prompt: 'dance' }, 'invalid_request'],
    ['prompt none and another', { prompt: 'none login' }, 'invalid_request'],
    ['a request object', { request: 'x.y.z' }, 'request_not_supported'],
    ['a request to fetch elsewhere', { request_uri: 'http://127.0.0.1:9/' }, 'request_uri_not_supported'],
    ['an app to register on the way', { registration: '{}' }, 'registration_not_supported'],
    ['an organization that is no ID', { organization: 'acme' }, 'invalid_request'],
    ['an age that is no number', { max_age: '-1' }, 'invalid_request'],
    ['a NUL in what is kept with the code', { nonce: '\u0000' }, 'invalid_request'],
    ['an ID token of somebody else', { id_token_hint: 'x.y.z' }, 'invalid_request'],
  ])('with %s is answered with its error', async (_what, change, error) => {
    const { app, person } = await makeAgreement()
    const back = await authorize(await browserOf(person), await newRequest(app, 'openid', change))
    expect(back.searchParams.get('error')).toBe(error)
    expect(back.searchParams.get('iss')).toBe(running.origin)
  })

  it('by POST is the same as by GET', async () => {
    const { app, person } = await makeAgreement()
    const browser = await browserOf(person)
    const request = await newRequest(app, 'openid', { state: 'a b&c=d' })
    const posted = await browser.post('/oauth/authorize', request.parameters)
    expect(posted.status).toBe(303)
    const answer = await browser.get(posted.headers.get('location') ?? '')
    const back = new URL(answer.headers.get('location') ?? '')
    expect(back.searchParams.get('state')).toBe('a b&c=d')
    expect((await redeem(app, back, { ...request, state: 'a b&c=d' })).access_token).toBeTruthy()
  })

  it('by POST that is too large or no form is refused', async () => {
    expect(await post('/oauth/authorize', `state=${'x'.repeat(20_000)}`)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    })
    expect(await post('/oauth/authorize', '{}', 'application/json')).toMatchObject({ status: 400 })
  })

  it('answered by form_post shows a page of ours that may post to the app', async () => {
    const { app, person } = await makeAgreement()
    const browser = await browserOf(person)
    const request = await newRequest(app, 'openid', { response_mode: 'form_post', state: '"><script>' })
    const answer = await browser.get(`/oauth/authorize?${new URLSearchParams(request.parameters)}`)
    const text = await answer.text()
    expect(answer.headers.get('content-security-policy')).toContain(
      "form-action 'self' https://app.example.com",
    )
    expect(text).toContain('Going back to the app')
    expect(text).toContain('name="code"')
    expect(text).not.toContain('"><script>')
    expect(answer.headers.get('cache-control')).toContain('no-store')
  })

  it('pushed beforehand works once', async () => {
    const { app, person } = await makeAgreement()
    const request = await newRequest(app, 'openid')
    const pushed = await ask('/oauth/par', request.parameters, app)
    expect(pushed.status).toBe(201)
    const short = {
      ...request,
      parameters: { client_id: app.clientId, request_uri: String(pushed.body.request_uri) },
    }
    const browser = await browserOf(person)
    expect((await redeem(app, await authorize(browser, short), request)).access_token).toBeTruthy()
    const again = await browser.get(`/oauth/authorize?${new URLSearchParams(short.parameters)}`)
    expect(again.status).toBe(400)
  })
})

describe('the discovery documents', () => {
  it('stand at the origin and name every endpoint below /oauth/', async () => {
    for (const name of ['openid-configuration', 'oauth-authorization-server']) {
      const found = (await (await fetch(`${running.origin}/.well-known/${name}`)).json()) as Record<
        string,
        string
      >
      expect(found).toMatchObject({
        issuer: running.origin,
        authorization_endpoint: `${running.origin}/oauth/authorize`,
        token_endpoint: `${running.origin}/oauth/token`,
        introspection_endpoint: `${running.origin}/oauth/introspect`,
        revocation_endpoint: `${running.origin}/oauth/revoke`,
        userinfo_endpoint: `${running.origin}/oauth/userinfo`,
        jwks_uri: `${running.origin}/oauth/jwks`,
        pushed_authorization_request_endpoint: `${running.origin}/oauth/par`,
        device_authorization_endpoint: `${running.origin}/oauth/device`,
        end_session_endpoint: `${running.origin}/oauth/end-session`,
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: [
          'client_secret_basic',
          'client_secret_post',
          'private_key_jwt',
          'none',
        ],
      })
      expect(JSON.stringify(found)).not.toMatch(/HS256|client_secret_jwt/)
    }
  })

  it('publish only the public halves of the keys', async () => {
    const { keys } = (await (await fetch(`${running.origin}/oauth/jwks`)).json()) as {
      keys: Record<string, string>[]
    }
    expect(keys.map((key) => key.alg).sort()).toEqual(['ES256', 'RS256'])
    for (const key of keys) expect(Object.keys(key)).not.toContain('d')
  })
})
