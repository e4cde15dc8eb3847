import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import * as openid from 'openid-client'
import { describe, expect, inject, it } from 'vitest'
import { database } from '#db/client'
import { appContexts, connectedApps } from '#db/schema/connected-apps'
import type { Id } from '#lib/base/ids'
import { setSecretKey } from '#lib/base/secret-key'
import { ask, introspect, running, withAuthorizationServer } from '#test/authorization-server'
import { type MadeApp, makeApp, makeBusinessGroup, makeOrganization } from '#test/factories'

withAuthorizationServer()

const READ = 'connected-apps:read'

/** An app acting for itself, with a context for each organization. */
async function makeItself(scopes: string[] = [READ]) {
  const organization = await makeOrganization()
  const group = await makeBusinessGroup(organization)
  const app = await makeApp({ organization, actsAs: 'itself', scopes })
  return { organization, group, app }
}

async function allow(app: MadeApp, scope: string, organizationId: Id<'organization'>): Promise<void> {
  await database().insert(appContexts).values({ appId: app.id, scope, organizationId })
}

async function tokenOf(app: MadeApp, scope?: string): Promise<openid.TokenEndpointResponse> {
  return openid.clientCredentialsGrant(await running.as(app), scope ? { scope } : {})
}

describe('an app acting for itself', () => {
  it('gets a token with its own credentials, and holds profile by itself [P90] [AM-26]', async () => {
    const { organization, app } = await makeItself()
    await allow(app, READ, organization.id)
    const tokens = await tokenOf(app, READ)
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: `${READ} profile` })
    expect(await introspect(app, tokens.access_token)).toMatchObject({
      active: true,
      client_id: app.clientId,
      sub: app.clientId,
      scope: `${READ} profile`,
    })
  })

  it('gets all of its scopes when it names none, and none that it does not hold', async () => {
    const { app } = await makeItself([READ, 'audit:read'])
    expect((await tokenOf(app)).scope).toBe(`${READ} audit:read profile`)
    const form = { grant_type: 'client_credentials', scope: 'allowlist:write' }
    expect(await ask('/oauth/token', form, app)).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    })
  })

  it('reaches the organizations chosen for each scope, also with tokens already out [P84, P86]', async () => {
    const { organization, group, app } = await makeItself()
    await allow(app, READ, group.id)
    const { access_token: token } = await tokenOf(app)
    expect(await introspect(app, token)).toMatchObject({ organizations: [{ id: group.id, scopes: [READ] }] })
    await allow(app, READ, organization.id)
    await database().delete(appContexts).where(eq(appContexts.organizationId, group.id))
    expect(await introspect(app, token)).toMatchObject({
      organizations: [{ id: organization.id, scopes: [READ] }],
    })
    await database().delete(appContexts).where(eq(appContexts.appId, app.id))
    expect(await introspect(app, token)).toMatchObject({ scope: 'profile', organizations: [] })
  })

  it('cannot be used by code, nor an app of people by itself', async () => {
    const { organization, app } = await makeItself()
    const forPeople = await makeApp({
      organization,
      grantTypes: ['authorization_code', 'client_credentials'],
    })
    const denied = await ask('/oauth/token', { grant_type: 'client_credentials' }, forPeople)
    expect(denied).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } })
    const code = {
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: 'https://app.example.com/callback',
    }
    expect(await ask('/oauth/token', code, app)).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    })
  })

  it.each([
    ['disabled', { disabledAt: new Date() }],
    ['deleted', { endedAt: new Date() }],
  ])('gets nothing once %s, and its tokens are dead [P33]', async (_state, change) => {
    const { organization, app } = await makeItself()
    const watcher = await makeApp({ organization, introspectsOrganization: true })
    const { access_token: token } = await tokenOf(app)
    expect((await introspect(watcher, token)).active).toBe(true)
    await database().update(connectedApps).set(change).where(eq(connectedApps.id, app.id))
    expect(await introspect(watcher, token)).toEqual({ active: false })
    const answer = await ask('/oauth/token', { grant_type: 'client_credentials' }, app)
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic/)
  })

  it('has its tokens back when it is enabled again, but not those of an earlier epoch [P33]', async () => {
    const { app } = await makeItself()
    const { access_token: token } = await tokenOf(app)
    const set = (change: Partial<typeof connectedApps.$inferInsert>) =>
      database().update(connectedApps).set(change).where(eq(connectedApps.id, app.id))
    await set({ disabledAt: new Date() })
    await set({ disabledAt: null })
    expect((await introspect(app, token)).active).toBe(true)
    await set({ epoch: 1 })
    expect(await introspect(app, token)).toEqual({ active: false })
    expect((await introspect(app, (await tokenOf(app)).access_token)).active).toBe(true)
  })
})

describe('client authentication', () => {
  it('takes any live secret as it is read now, and no other [P28, P29]', async () => {
    const { organization, app } = await makeItself()
    const other = await makeApp({ organization, actsAs: 'itself' })
    for (const [secret, status] of [
      [app.secret, 200],
      [other.secret, 401],
      [`${app.secret}x`, 401],
    ] as const) {
      const answer = await ask('/oauth/token', { grant_type: 'client_credentials' }, { ...app, secret })
      expect(answer.status).toBe(status)
    }
  })

  it('takes a secret across a change of SECRET_KEY, and once used it needs the former key no more', async () => {
    const former = Buffer.from(inject('secretKey'), 'hex')
    const present = randomBytes(32)
    const { organization, app } = await makeItself()
    const idle = await makeApp({ organization, actsAs: 'itself' })
    const statusOf = async (one: MadeApp) =>
      (await ask('/oauth/token', { grant_type: 'client_credentials' }, one)).status
    try {
      setSecretKey(present, former)
      expect(await statusOf(app)).toBe(200)
      expect(await statusOf({ ...app, secret: idle.secret })).toBe(401)
      setSecretKey(present)
      expect(await statusOf(app)).toBe(200)
      expect(await statusOf(idle)).toBe(401)
    } finally {
      setSecretKey(former)
    }
  })

  it('takes the secret in the form too', async () => {
    const { app } = await makeItself()
    const form = { grant_type: 'client_credentials', client_id: app.clientId, client_secret: app.secret }
    expect((await ask('/oauth/token', form)).status).toBe(200)
  })
})
