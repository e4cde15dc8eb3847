import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { appContexts, connectedApps } from '#db/schema/connected-apps'
import { ask, makeAgreement, running, tokensOf, withAuthorizationServer } from '#test/authorization-server'
import { makeApp } from '#test/factories'
import { readBearerToken } from './read-bearer.ts'

withAuthorizationServer()

const READ = 'connected-apps:read'
const read = (token: string) => readBearerToken(token, { audience: `${running.origin}/api/v1` })

describe('a bearer token at our own API', () => {
  it('of a person speaks for them through the app, with its scopes, in that root organization [P87]', async () => {
    const { organization, app, person } = await makeAgreement({ settings: { scopes: ['openid', READ] } })
    const tokens = await tokensOf(app, person, `openid ${READ}`)
    expect(await read(tokens.access_token)).toMatchObject({
      kind: 'user',
      userId: person.id,
      name: person.fullName,
      through: {
        appId: app.id,
        appName: app.name,
        scopes: expect.arrayContaining(['openid', READ]),
        rootOrganizationId: organization.id,
      },
    })
  })

  it('of an app acting for itself holds the contexts it has now [P85, P86] [AM-25]', async () => {
    const { organization } = await makeAgreement()
    const app = await makeApp({ organization, actsAs: 'itself', scopes: [READ, 'audit:read'] })
    await database()
      .insert(appContexts)
      .values(
        [READ, 'audit:read'].map((scope) => ({ appId: app.id, scope, organizationId: organization.id })),
      )
    const { body } = await ask('/oauth/token', { grant_type: 'client_credentials', scope: READ }, app)
    const token = String(body.access_token)
    expect(await read(token)).toMatchObject({
      kind: 'app',
      appId: app.id,
      contexts: [{ scope: READ, organizationId: organization.id }],
    })
    await database().delete(appContexts).where(eq(appContexts.appId, app.id))
    expect(await read(token)).toMatchObject({ contexts: [] })
    await database().update(connectedApps).set({ disabledAt: new Date() }).where(eq(connectedApps.id, app.id))
    expect(await read(token)).toBeNull()
  })

  it('bound to another audience speaks for nobody here', async () => {
    const { app, person } = await makeAgreement({ settings: { scopes: ['openid', READ] } })
    const elsewhere = await tokensOf(app, person, 'openid', { resource: running.origin })
    const bound = await ask(
      '/oauth/token',
      { grant_type: 'refresh_token', refresh_token: elsewhere.refresh_token ?? '', resource: running.origin },
      app,
    )
    expect(bound.status).toBe(200)
    expect(await read(String(bound.body.access_token))).toBeNull()
    const ours = await tokensOf(app, person, READ, { resource: `${running.origin}/api/v1` })
    expect(await read(ours.access_token)).toMatchObject({ kind: 'user' })
  })

  it('that is a refresh token, or nothing at all, speaks for nobody', async () => {
    const { app, person } = await makeAgreement()
    const tokens = await tokensOf(app, person, 'openid')
    expect(await read(tokens.refresh_token ?? '')).toBeNull()
    expect(await read('')).toBeNull()
    expect(await read('\u0000')).toBeNull()
  })
})
