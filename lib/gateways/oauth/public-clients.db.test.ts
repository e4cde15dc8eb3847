import { describe, expect, it } from 'vitest'
import {
  ask,
  authorize,
  browserOf,
  makeAgreement,
  newRequest,
  redeem,
  running,
  tokensOf,
  withAuthorizationServer,
} from '#test/authorization-server'
import { makeSecret } from '#test/factories'

withAuthorizationServer()

describe('an app that cannot keep a secret', () => {
  it('gets tokens by PKCE alone, and a new refresh token with each use', async () => {
    const { app, person } = await makeAgreement({ settings: { clientType: 'browser' } })
    const tokens = await tokensOf(app, person, 'openid')
    const form = {
      grant_type: 'refresh_token',
      client_id: app.clientId,
      refresh_token: tokens.refresh_token ?? '',
    }
    const refreshed = await ask('/oauth/token', form)
    expect(refreshed.status).toBe(200)
    expect(refreshed.body.refresh_token).not.toBe(tokens.refresh_token)
    expect(await ask('/oauth/token', form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it('cannot pass for one with a secret, nor the other way round', async () => {
    const browserApp = (await makeAgreement({ settings: { clientType: 'browser' } })).app
    const secret = await makeSecret(browserApp.id)
    const server = (await makeAgreement()).app
    const form = { grant_type: 'refresh_token', refresh_token: 'x' }
    expect((await ask('/oauth/token', form, { ...browserApp, secret })).body.error).toBe('invalid_client')
    expect((await ask('/oauth/token', { ...form, client_id: server.clientId })).body.error).toBe(
      'invalid_client',
    )
  })

  it('on a device may come back to any port of the loopback address (RFC 8252 §7.3), and to no other path', async () => {
    const { app, person } = await makeAgreement({
      settings: {
        clientType: 'native',
        redirectUris: ['http://127.0.0.1/callback', 'com.example.app:/callback'],
      },
    })
    const browser = await browserOf(person)
    for (const redirect_uri of ['http://127.0.0.1:51000/callback', 'com.example.app:/callback']) {
      const request = await newRequest(app, 'openid', { redirect_uri })
      const back = await authorize(browser, request)
      expect(back.href.startsWith(redirect_uri)).toBe(true)
      expect((await redeem(app, back, request)).access_token).toBeTruthy()
    }
    for (const redirect_uri of [
      'http://127.0.0.1:51000/other',
      'http://127.0.0.2/callback',
      'com.example.other:/callback',
    ]) {
      const answer = await browser.get(
        `/oauth/authorize?${new URLSearchParams((await newRequest(app, 'openid', { redirect_uri })).parameters)}`,
      )
      expect(answer.status).toBe(400)
      expect(answer.headers.get('location')).toBeNull()
    }
  })

  it('in a browser comes back to its redirect URIs exactly', async () => {
    const { app, person } = await makeAgreement({
      settings: { clientType: 'browser', redirectUris: ['http://localhost:4000/callback'] },
    })
    const browser = await browserOf(person)
    const request = await newRequest(app, 'openid', { redirect_uri: 'http://localhost:4001/callback' })
    expect((await browser.get(`/oauth/authorize?${new URLSearchParams(request.parameters)}`)).status).toBe(
      400,
    )
  })
})

describe('PKCE', () => {
  it.each([
    ['without a challenge', { code_challenge: '', code_challenge_method: '' }],
    ['with a plain challenge', { code_challenge_method: 'plain' }],
  ])('is required: a request %s is refused', async (_how, change) => {
    const { app, person } = await makeAgreement()
    const back = await authorize(await browserOf(person), await newRequest(app, 'openid', change))
    expect(back.searchParams.get('error')).toBe('invalid_request')
    expect(back.searchParams.get('code')).toBeNull()
  })

  it('can be switched off for one app that has a secret', async () => {
    const { app, person } = await makeAgreement({ settings: { requiresPkce: false } })
    const { state, parameters } = await newRequest(app, 'openid')
    const { code_challenge, code_challenge_method, ...without } = parameters
    const back = await authorize(await browserOf(person), { state, verifier: '', parameters: without })
    const form = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: without.redirect_uri ?? '',
    }
    expect((await ask('/oauth/token', form, app)).status).toBe(200)
  })
})

describe('calls from a browser’s script', () => {
  const call = async (origin: string, form: Record<string, string>) =>
    fetch(`${running.origin}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { origin },
    })

  it('are let in from the origins of the app’s own redirect URIs, and from no other', async () => {
    const { app, person } = await makeAgreement({ settings: { clientType: 'browser' } })
    const { refresh_token = '' } = await tokensOf(app, person, 'openid')
    const form = { grant_type: 'refresh_token', client_id: app.clientId, refresh_token }
    for (const origin of ['https://evil.example.com', 'null', 'https://app.example.com.evil.example']) {
      const refused = await call(origin, form)
      expect(refused.status).toBe(400)
      expect(refused.headers.get('access-control-allow-origin')).toBeNull()
    }
    const allowed = await call('https://app.example.com', form)
    expect(allowed.status).toBe(200)
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com')
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('are not for apps with a secret', async () => {
    const { app } = await makeAgreement()
    const form = {
      grant_type: 'refresh_token',
      refresh_token: 'x',
      client_id: app.clientId,
      client_secret: app.secret,
    }
    expect(
      (await call('https://app.example.com', form)).headers.get('access-control-allow-origin'),
    ).toBeNull()
  })
})
