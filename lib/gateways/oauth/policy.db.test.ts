import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import { addEntry } from '#lib/domain/allowlist/add-entry'
import { close } from '#lib/domain/allowlist/close'
import { restrict } from '#lib/domain/allowlist/restrict'
import { blockApp } from '#lib/domain/installations/block-app'
import { freezeApp } from '#lib/domain/installations/freeze-app'
import { unfreezeApp } from '#lib/domain/installations/unfreeze-app'
import { as } from '#test/actors'
import {
  ask,
  authorize,
  browserOf,
  introspect,
  makeAgreement,
  newRequest,
  tokensOf,
  withAuthorizationServer,
} from '#test/authorization-server'
import { makeApp, makeMember, makeOrganization } from '#test/factories'

withAuthorizationServer()

/** An app of one organization that a person of another one uses. */
async function makeForeign() {
  const organization = await makeOrganization()
  const app = await makeApp({
    organization: await makeOrganization(),
    audience: 'everyone',
    scopes: ['openid', 'email'],
  })
  return {
    organization,
    app,
    admin: as(organization.owner),
    here: { appId: app.id, rootOrganizationId: organization.id },
  }
}

describe('a restricted organization', () => {
  it('lets nobody through to an app that is not listed, and tells the app nothing [P50, P54, P62]', async () => {
    const { organization, app, admin } = await makeForeign()
    const person = await makeMember(organization)
    await restrict(admin, { rootOrganizationId: organization.id })
    const browser = await browserOf(person)
    const page = await authorize(browser, await newRequest(app, 'openid'))
    expect(page.pathname).toMatch(/^\/interaction\//)
    const silent = await authorize(browser, await newRequest(app, 'openid', { prompt: 'none' }))
    expect(silent.searchParams.get('error')).toBe('interaction_required')
    expect(silent.searchParams.get('code')).toBeNull()
  })

  it('does not disturb a running app: tokens, refreshes and new codes for what was granted go on [P53]', async () => {
    const { organization, app, admin } = await makeForeign()
    const { person } = await makeAgreement({ organization, app, scopes: ['openid'] })
    const tokens = await tokensOf(app, person, 'openid')
    await restrict(admin, { rootOrganizationId: organization.id })
    expect((await introspect(app, tokens.access_token)).active).toBe(true)
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
    expect((await ask('/oauth/token', form, app)).status).toBe(200)
    expect((await tokensOf(app, person, 'openid')).access_token).toBeTruthy()
    const wider = await authorize(
      await browserOf(person),
      await newRequest(app, 'openid email', { prompt: 'none' }),
    )
    expect(wider.searchParams.get('error')).toBe('interaction_required')
  })

  it('ends every token with the entry they were given under, at the next request [AM-35]', async () => {
    const { organization, app, admin, here } = await makeForeign()
    const root = { rootOrganizationId: organization.id }
    await restrict(admin, root)
    const endsAt = new Date(Date.now() + 3_600_000).toISOString()
    await addEntry(admin, { ...root, clientId: app.clientId, endsAt })
    const { person } = await makeAgreement({ organization, app, scopes: ['openid'] })
    const tokens = await tokensOf(app, person, 'openid')
    expect((await introspect(app, tokens.access_token)).active).toBe(true)
    await database()
      .update(allowlistEntries)
      .set({ endsAt: sql`now()` })
      .where(eq(allowlistEntries.appId, here.appId))
    expect(await introspect(app, tokens.access_token)).toEqual({ active: false })
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
    expect((await ask('/oauth/token', form, app)).body.error).toBe('invalid_grant')
    const back = await authorize(await browserOf(person), await newRequest(app, 'openid', { prompt: 'none' }))
    expect(back.searchParams.get('error')).toBe('interaction_required')
  })

  it('keeps no app from acting for itself [P60]', async () => {
    const organization = await makeOrganization()
    const app = await makeApp({ organization, actsAs: 'itself', scopes: ['profile'] })
    await close(as(organization.owner), { rootOrganizationId: organization.id })
    const form = { grant_type: 'client_credentials', scope: 'profile' }
    const { status, body } = await ask('/oauth/token', form, app)
    expect(status).toBe(200)
    expect((await introspect(app, String(body.access_token))).active).toBe(true)
  })

  it('asks for consent once the app is listed', async () => {
    const { organization, app, admin } = await makeForeign()
    const person = await makeMember(organization)
    await restrict(admin, { rootOrganizationId: organization.id })
    await addEntry(admin, { rootOrganizationId: organization.id, clientId: app.clientId, scopes: ['openid'] })
    const back = await authorize(await browserOf(person), await newRequest(app, 'openid', { prompt: 'none' }))
    expect(back.searchParams.get('error')).toBe('consent_required')
  })
})

describe('an app', () => {
  it('that is frozen waits: its tokens are inactive, and live again when it is unfrozen', async () => {
    const { organization, app, admin, here } = await makeForeign()
    const { person } = await makeAgreement({ organization, app, scopes: ['openid'] })
    const tokens = await tokensOf(app, person, 'openid')
    await freezeApp(admin, here)
    expect(await introspect(app, tokens.access_token)).toEqual({ active: false })
    const back = await authorize(await browserOf(person), await newRequest(app, 'openid', { prompt: 'none' }))
    expect(back.searchParams.get('error')).toBe('interaction_required')
    await unfreezeApp(admin, here)
    expect((await introspect(app, tokens.access_token)).active).toBe(true)
  })

  it('that is blocked loses every token of the organization’s people for good [P108]', async () => {
    const { organization, app, admin, here } = await makeForeign()
    const { person } = await makeAgreement({ organization, app, scopes: ['openid'] })
    const tokens = await tokensOf(app, person, 'openid')
    await blockApp(admin, here)
    expect(await introspect(app, tokens.access_token)).toEqual({ active: false })
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
    expect((await ask('/oauth/token', form, app)).body.error).toBe('invalid_grant')
  })

  it('for its own organization only is out of reach of others [P127]', async () => {
    const app = await makeApp({ organization: await makeOrganization() })
    const person = await makeMember(await makeOrganization())
    const back = await authorize(await browserOf(person), await newRequest(app, 'openid', { prompt: 'none' }))
    expect(back.searchParams.get('error')).toBe('interaction_required')
  })
})
