import { eq } from 'drizzle-orm'
import * as openid from 'openid-client'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { authorizations } from '#db/schema/authorizations'
import { appSecrets } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { flushLastUse } from '#lib/domain/authorizations/last-use'
import {
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
import { makeApp, makeMember, makeOrganization } from '#test/factories'

withAuthorizationServer()

describe('a person authorizes an app', () => {
  it('by code and PKCE: the app gets tokens, reads who it is, and refreshes [P91]', async () => {
    const { app, person } = await makeAgreement()
    const config = await running.as(app)
    const tokens = await tokensOf(app, person, 'openid profile email')
    expect(tokens.claims()).toMatchObject({ sub: person.id, aud: app.clientId, iss: running.origin })
    expect(await openid.fetchUserInfo(config, tokens.access_token, person.id)).toEqual({
      sub: person.id,
      name: person.fullName,
      preferred_username: person.username,
      email: person.email,
    })
    const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '')
    expect(refreshed.scope).toBe('openid profile email')
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)
    expect(await introspect(app, refreshed.access_token)).toMatchObject({ active: true, sub: person.id })
  })

  it('and without openid there is no ID token [P97]', async () => {
    const { app, person } = await makeAgreement()
    const tokens = await tokensOf(app, person, 'profile')
    expect(tokens.id_token).toBeUndefined()
  })

  it('only after they agreed: else the interaction’s page asks, and no code is issued [P62]', async () => {
    const organization = await makeOrganization()
    const person = await makeMember(organization)
    const app = await makeApp({ organization })
    const location = await authorize(await browserOf(person), await newRequest(app, 'openid'))
    expect(location.pathname).toMatch(/^\/interaction\/[\w-]{20,}$/)
    expect(location.search).toBe('')
  })

  it('and is asked to sign in first', async () => {
    const { app } = await makeAgreement()
    const location = await authorize(await browserOf(null), await newRequest(app, 'openid'))
    expect(location.pathname).toMatch(/^\/interaction\//)
  })
})

describe('prompt=none', () => {
  it('works right after a sign-in to the console', async () => {
    const { app, person } = await makeAgreement()
    const request = await newRequest(app, 'openid', { prompt: 'none' })
    const back = await authorize(await browserOf(person), request)
    expect((await redeem(app, back, request)).access_token).toBeTruthy()
  })

  it.each([
    ['login_required', 'nobody is signed in', null, 'openid'],
    ['consent_required', 'the person has not agreed to all of it', 'person', 'openid email'],
  ] as const)('answers %s when %s', async (error, _when, who, scope) => {
    const { app, person } = await makeAgreement({ scopes: ['openid'] })
    const browser = await browserOf(who && person)
    const back = await authorize(browser, await newRequest(app, scope, { prompt: 'none' }))
    expect(back.origin).toBe('https://app.example.com')
    expect(back.searchParams.get('error')).toBe(error)
    expect(back.searchParams.get('code')).toBeNull()
  })
})

it('what is issued counts as used: the app, its secret, the installation and the family', async () => {
  const { app, person } = await makeAgreement()
  await tokensOf(app, person, 'openid')
  await flushLastUse()
  const [secret] = await database().select().from(appSecrets).where(eq(appSecrets.appId, app.id))
  const [installation] = await database().select().from(installations).where(eq(installations.appId, app.id))
  const [yes] = await database().select().from(authorizations).where(eq(authorizations.appId, app.id))
  for (const row of [secret, installation, yes]) expect(row?.lastUsedAt).toBeInstanceOf(Date)
  expect(secret?.lastUsedIp).toBe('127.0.0.1')
})
