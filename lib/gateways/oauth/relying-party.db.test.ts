import { afterAll, beforeAll, expect, it } from 'vitest'
import { authorizeApp } from '#lib/domain/authorizations/authorize-app'
import { as } from '#test/actors'
import { browserOf, running, withAuthorizationServer } from '#test/authorization-server'
import { makeApp, makeMember, makeOrganization } from '#test/factories'
import { RelyingParty } from '../../../e2e/relying-party.ts'

withAuthorizationServer()

let app: RelyingParty
beforeAll(async () => {
  app = await RelyingParty.start()
})
afterAll(() => app.stop())

it('an outside app signs a person in, refreshes, reads userinfo and introspects [P91]', async () => {
  const organization = await makeOrganization()
  const person = await makeMember(organization)
  const made = await makeApp({ organization, redirectUris: [app.callbackUrl] })
  await authorizeApp(as(person), {
    appId: made.id,
    rootOrganizationId: organization.id,
    scopes: ['openid', 'profile'],
  })
  await app.configure({ issuer: running.origin, clientId: made.clientId, clientSecret: made.secret })

  const browser = await browserOf(person)
  const sent = await fetch(app.signInUrl('openid profile'), { redirect: 'manual' })
  const back = await browser.get(sent.headers.get('location') ?? '')
  const page = await (await fetch(back.headers.get('location') ?? '')).text()
  expect(page).toContain(`Signed in as ${person.fullName}`)
  expect(await app.introspect()).toMatchObject({ active: true, sub: person.id })
  await app.refresh()
  expect(await app.userInfo()).toMatchObject({ sub: person.id })
  await app.revoke()
  expect(await app.introspect()).toEqual({ active: false })
  await expect(app.refresh()).rejects.toMatchObject({ error: 'invalid_grant' })

  const denied = await fetch(app.signInUrl('openid email', { prompt: 'none' }), { redirect: 'manual' })
  const refused = await browser.get(denied.headers.get('location') ?? '')
  expect(await (await fetch(refused.headers.get('location') ?? '')).text()).toContain('invalid_scope')
})
