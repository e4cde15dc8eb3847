import { describe, expect, it } from 'vitest'
import { resumeOrganization } from '#lib/domain/organizations/resume-organization'
import { suspendOrganization } from '#lib/domain/organizations/suspend-organization'
import { as } from '#test/actors'
import {
  ask,
  authorize,
  browserOf,
  introspect,
  makeAgreement,
  newRequest,
  running,
  tokensOf,
  withAuthorizationServer,
} from '#test/authorization-server'
import { type MadeApp, makeApp, makeOrganization, makeUser } from '#test/factories'

withAuthorizationServer()

const refresh = (app: MadeApp, token = '') =>
  ask('/oauth/token', { grant_type: 'refresh_token', refresh_token: token }, app)
const ofItself = (app: MadeApp) => ask('/oauth/token', { grant_type: 'client_credentials' }, app)
const userinfo = async (token: string) =>
  (await fetch(`${running.origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status

describe('while an operator has suspended a root organization', () => {
  it('its apps get no tokens and those they have are inactive everywhere; resuming makes them live again', async () => {
    const operator = as(await makeUser({ isOperator: true }))
    const agreement = await makeAgreement({ settings: { audience: 'everyone' } })
    const { organization, app, person } = agreement
    const elsewhere = await makeAgreement({ app, scopes: ['openid'] })
    const robot = await makeApp({ organization, actsAs: 'itself', scopes: ['profile'] })
    const here = await tokensOf(app, person, 'openid')
    const there = await tokensOf(app, elsewhere.person, 'openid')
    const own = String((await ofItself(robot)).body.access_token)

    await suspendOrganization(operator, { rootOrganizationId: organization.id })
    for (const token of [here.access_token, there.access_token]) expect(await userinfo(token)).toBe(401)
    for (const client of [app, robot]) {
      expect((await ofItself(client)).status).toBe(401)
      expect((await refresh(client, here.refresh_token)).status).toBe(401)
    }

    await resumeOrganization(operator, { rootOrganizationId: organization.id })
    for (const token of [here.access_token, there.access_token]) {
      expect((await introspect(app, token)).active).toBe(true)
      expect(await userinfo(token)).toBe(200)
    }
    expect((await introspect(robot, own)).active).toBe(true)
    expect((await refresh(app, here.refresh_token)).status).toBe(200)
  })

  it('its people authorize nothing, and what they authorized of others stands still', async () => {
    const operator = as(await makeUser({ isOperator: true }))
    const publisher = await makeOrganization()
    const app = await makeApp({ organization: publisher, audience: 'everyone' })
    const { organization, person } = await makeAgreement({ app, scopes: ['openid'] })
    const tokens = await tokensOf(app, person, 'openid')
    await suspendOrganization(operator, { rootOrganizationId: organization.id })
    expect(await introspect(app, tokens.access_token)).toEqual({ active: false })
    expect((await refresh(app, tokens.refresh_token)).body.error).toBe('invalid_grant')
    const location = await authorize(await browserOf(person), await newRequest(app, 'openid'))
    expect(location.searchParams.get('code')).toBeNull()
    await resumeOrganization(operator, { rootOrganizationId: organization.id })
    expect((await introspect(app, tokens.access_token)).active).toBe(true)
  })
})
