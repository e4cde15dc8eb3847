import * as openid from 'openid-client'
import { expect, it } from 'vitest'
import { ask, introspect, makeAgreement, running, withAuthorizationServer } from '#test/authorization-server'
import { makeApp } from '#test/factories'
import { readBearerToken } from './read-bearer.ts'

withAuthorizationServer()

it('a token bound to a key (RFC 9449) is no bearer token, and its proof works once', async () => {
  const { organization } = await makeAgreement()
  const app = await makeApp({ organization, actsAs: 'itself' })
  const config = await running.as(app)
  const proof = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair())
  const tokens = await openid.clientCredentialsGrant(config, {}, { DPoP: proof })
  expect(tokens.token_type).toBe('dpop')
  expect(await introspect(app, tokens.access_token)).toMatchObject({
    active: true,
    cnf: { jkt: expect.any(String) },
  })
  expect(await readBearerToken(tokens.access_token, { audience: `${running.origin}/api/v1` })).toBeNull()
})

it('the same proof at the same moment is taken once', async () => {
  const { organization } = await makeAgreement()
  const app = await makeApp({ organization, actsAs: 'itself' })
  let seen = ''
  const config = await running.as(app)
  config[openid.customFetch] = (url, options) => {
    seen = new Headers(options.headers as HeadersInit).get('dpop') ?? seen
    return fetch(url, options as RequestInit)
  }
  await openid.clientCredentialsGrant(
    config,
    {},
    { DPoP: openid.getDPoPHandle(config, await openid.randomDPoPKeyPair()) },
  )
  expect(seen).not.toBe('')
  const again = await fetch(`${running.origin}/oauth/token`, {
    method: 'POST',
    headers: {
      dpop: seen,
      authorization: `Basic ${Buffer.from(`${app.clientId}:${app.secret}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  expect(again.status).toBe(400)
  expect((await again.json()).error).toBe('invalid_grant')
  expect((await ask('/oauth/token', { grant_type: 'client_credentials' }, app)).status).toBe(200)
})
