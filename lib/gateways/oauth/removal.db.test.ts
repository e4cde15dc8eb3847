import { eq } from 'drizzle-orm'
import * as openid from 'openid-client'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { authorizeApp } from '#lib/domain/authorizations/authorize-app'
import { removeForEveryone } from '#lib/domain/authorizations/remove-for-everyone'
import { as } from '#test/actors'
import {
  type Agreement,
  ask,
  authorize,
  browserOf,
  CALLBACK,
  introspect,
  makeAgreement,
  newRequest,
  running,
  tokensOf,
  withAuthorizationServer,
} from '#test/authorization-server'
import { type MadeApp, makeMembership, makeOrganization } from '#test/factories'

withAuthorizationServer()

function remove({ organization, app }: Pick<Agreement, 'organization' | 'app'>) {
  return removeForEveryone(as(organization.owner), { appId: app.id, rootOrganizationId: organization.id })
}

const refresh = (app: MadeApp, token = '') =>
  ask('/oauth/token', { grant_type: 'refresh_token', refresh_token: token }, app)

async function userinfo(token: string): Promise<number> {
  return (await fetch(`${running.origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } }))
    .status
}

describe('after Remove', () => {
  it('every access token is inactive, at introspection and at userinfo [P40]', async () => {
    const agreement = await makeAgreement()
    const { app, person } = agreement
    const all = [await tokensOf(app, person, 'openid profile'), await tokensOf(app, person, 'openid')]
    for (const { access_token } of all) expect(await userinfo(access_token)).toBe(200)
    await remove(agreement)
    for (const { access_token } of all) {
      expect(await introspect(app, access_token)).toEqual({ active: false })
      expect(await userinfo(access_token)).toBe(401)
    }
  })

  it('refresh tokens and codes not yet used answer invalid_grant [P41]', async () => {
    const agreement = await makeAgreement()
    const { app, person } = agreement
    const tokens = await tokensOf(app, person, 'openid')
    const request = await newRequest(app, 'openid')
    const back = await authorize(await browserOf(person), request)
    await remove(agreement)
    const redeemed = await ask(
      '/oauth/token',
      {
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: CALLBACK,
        code_verifier: request.verifier,
      },
      app,
    )
    for (const answer of [await refresh(app, tokens.refresh_token), redeemed]) {
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    }
  })

  it('only a new yes helps, and it brings nothing old back [P42, P43]', async () => {
    const agreement = await makeAgreement()
    const { organization, app, person } = agreement
    const before = await tokensOf(app, person, 'openid')
    await remove(agreement)
    const location = await authorize(await browserOf(person), await newRequest(app, 'openid'))
    expect(location.pathname).toMatch(/^\/interaction\//)
    await authorizeApp(as(person), { appId: app.id, rootOrganizationId: organization.id, scopes: ['openid'] })
    const after = await tokensOf(app, person, 'openid')
    expect((await introspect(app, after.access_token)).active).toBe(true)
    expect(await introspect(app, before.access_token)).toEqual({ active: false })
    expect((await refresh(app, before.refresh_token)).body.error).toBe('invalid_grant')
  })

  it('tokens of people of another organization keep working [P44]', async () => {
    const agreement = await makeAgreement({ settings: { audience: 'everyone' } })
    const { app } = agreement
    const elsewhere = await makeAgreement({ app, scopes: ['openid'] })
    const here = await tokensOf(app, agreement.person, 'openid')
    const there = await tokensOf(app, elsewhere.person, 'openid')
    await remove(agreement)
    expect((await introspect(app, here.access_token)).active).toBe(false)
    expect((await introspect(app, there.access_token)).active).toBe(true)
    expect((await refresh(app, there.refresh_token)).status).toBe(200)
  })
})

describe('while Remove runs', () => {
  it('whatever is issued is born dead or was never issued', async () => {
    const agreement = await makeAgreement()
    const { app, person } = agreement
    const held = await Promise.all(Array.from({ length: 8 }, () => tokensOf(app, person, 'openid')))
    const [, ...answers] = await Promise.all([
      remove(agreement),
      ...held.map((tokens) => refresh(app, tokens.refresh_token)),
      ...held.map((tokens) => refresh(app, tokens.refresh_token)),
    ])
    const issued = answers.filter(({ status }) => status === 200).map(({ body }) => String(body.access_token))
    for (const token of [...issued, ...held.map((tokens) => tokens.access_token)]) {
      expect(await introspect(app, token)).toEqual({ active: false })
    }
    expect(answers.every(({ status, body }) => status === 200 || body.error === 'invalid_grant')).toBe(true)
  })
})

describe('a token ends with what it hangs on', () => {
  it.each([
    [
      'the person leaves the organization',
      ({ person }: Agreement) =>
        database().update(memberships).set({ endedAt: new Date() }).where(eq(memberships.userId, person.id)),
    ],
    [
      'the person’s account is deactivated',
      ({ person }: Agreement) =>
        database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, person.id)),
    ],
    [
      'the app is deleted',
      ({ app }: Agreement) =>
        database().update(connectedApps).set({ endedAt: new Date() }).where(eq(connectedApps.id, app.id)),
    ],
  ])('when %s', async (_what, happen) => {
    const agreement = await makeAgreement()
    const watcher = (
      await makeAgreement({
        organization: agreement.organization,
        settings: { introspectsOrganization: true },
      })
    ).app
    const { access_token: token } = await tokensOf(agreement.app, agreement.person, 'openid')
    expect((await introspect(watcher, token)).active).toBe(true)
    await happen(agreement)
    expect(await introspect(watcher, token)).toEqual({ active: false })
  })

  it('when the app is for its own organization only from now on, elsewhere', async () => {
    const home = await makeAgreement({ settings: { audience: 'everyone' } })
    const { app } = home
    const elsewhere = await makeAgreement({ app, scopes: ['openid'] })
    const tokens = [
      await tokensOf(app, home.person, 'openid'),
      await tokensOf(app, elsewhere.person, 'openid'),
    ]
    await database().update(connectedApps).set({ audience: 'internal' }).where(eq(connectedApps.id, app.id))
    const states = await Promise.all(tokens.map(({ access_token }) => introspect(app, access_token)))
    expect(states.map(({ active }) => active)).toEqual([true, false])
  })
})

describe('scopes', () => {
  it('granted before keep working when the app’s own list shrinks or grows [P75]', async () => {
    const { app, person } = await makeAgreement()
    const tokens = await tokensOf(app, person, 'openid email')
    const set = (scopes: string[], version: number) =>
      database().update(connectedApps).set({ scopes, version }).where(eq(connectedApps.id, app.id))
    await set(['openid', 'profile', 'email', 'audit:read'], 2)
    const refreshed = await openid.refreshTokenGrant(await running.as(app), tokens.refresh_token ?? '')
    expect(refreshed.scope).toBe('openid email')
    expect((await introspect(app, refreshed.access_token)).scope).toBe('openid email')
    await set(['openid'], 3)
    expect((await introspect(app, refreshed.access_token)).scope).toBe('openid email')
    const again = await openid.refreshTokenGrant(await running.as(app), refreshed.refresh_token ?? '')
    expect(again.scope).toBe('openid email')
  })

  it('cannot be widened by a refresh, only narrowed [P76]', async () => {
    const { app, person } = await makeAgreement()
    const { refresh_token = '' } = await tokensOf(app, person, 'openid')
    const form = { grant_type: 'refresh_token', refresh_token }
    const wider = await ask('/oauth/token', { ...form, scope: 'openid email' }, app)
    expect(wider).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
    const narrower = await tokensOf(app, person, 'openid profile')
    const narrowed = await ask(
      '/oauth/token',
      { grant_type: 'refresh_token', refresh_token: narrower.refresh_token ?? '', scope: 'openid' },
      app,
    )
    expect(narrowed.body.scope).toBe('openid')
  })

  it('beyond the app’s own are refused', async () => {
    const { app, person } = await makeAgreement()
    const back = await authorize(await browserOf(person), await newRequest(app, 'openid audit:read'))
    expect(back.searchParams.get('error')).toBe('invalid_scope')
  })
})

it('a person with a place in several organizations is asked which, once [AM-28]', async () => {
  const { app, person } = await makeAgreement({ settings: { audience: 'everyone' } })
  const second = await makeOrganization()
  const both = await makeAgreement({
    organization: second,
    person: await joined(person, second),
    app,
    scopes: ['openid'],
  })
  const browser = await browserOf(both.person)
  expect((await authorize(browser, await newRequest(app, 'openid'))).pathname).toMatch(/^\/interaction\//)
  const named = await newRequest(app, 'openid', { organization: second.id })
  expect((await authorize(browser, named)).searchParams.get('code')).toBeTruthy()
  const silent = await newRequest(app, 'openid', { prompt: 'none' })
  expect((await authorize(browser, silent)).searchParams.get('code')).toBeTruthy()
})

async function joined<P extends { id: Parameters<typeof makeMembership>[1] }>(
  person: P,
  organization: Parameters<typeof makeMembership>[0],
): Promise<P> {
  await makeMembership(organization, person.id, 'member')
  return person
}
