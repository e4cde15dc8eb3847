import { randomUUID } from 'node:crypto'
import { database } from '#db/client'
import { appContexts } from '#db/schema/connected-apps'
import { type MadeOrganization, makeApp } from '#test/factories'
import { ApiClient } from '../api-client.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

const SCOPES = ['connected-apps:read', 'connected-apps:write', 'connected-apps:secrets', 'organizations:read']

/** An app that acts for itself in one organization, as an administrator would have made it. */
async function makeRobot(organization: MadeOrganization) {
  const app = await makeApp({
    organization,
    name: 'Robot',
    actsAs: 'itself',
    scopes: [...SCOPES, 'profile'].sort(),
  })
  await database()
    .insert(appContexts)
    .values(SCOPES.map((scope) => ({ appId: app.id, scope, organizationId: organization.id })))
  return app
}

test('a client made of the document looks after an app from its creation to its end [P128]', async ({
  baseURL,
}) => {
  const { organization } = await makeHouse('Northwind Trading', 'Ada Berg')
  const next = await makePerson(organization, 'developer', 'Noor Haddad')
  const client = await ApiClient.discover(baseURL ?? '')
  expect(await client.authenticate(await makeRobot(organization))).toBe(200)

  const me = await client.call('getMe')
  expect(me.body).toMatchObject({ kind: 'app', organizations: [{ id: organization.id }] })
  expect(me.headers.get('ratelimit')).toMatch(/^"app";r=\d+;t=\d+$/)

  // Created once, however often the line is bad.
  const draft = {
    organization: organization.id,
    'Idempotency-Key': randomUUID(),
    body: {
      name: 'Night job',
      actsAs: 'itself',
      scopes: ['connected-apps:read'],
      contexts: [{ scope: 'connected-apps:read', organizationId: organization.id }],
    },
  }
  const created = await client.call('createApp', draft)
  expect(created.status).toBe(201)
  const again = await client.call('createApp', draft)
  expect(again.body).toEqual({ ...created.body, secret: null })
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  const other = { ...draft, body: { ...draft.body, name: 'Another' } }
  expect((await client.call('createApp', other)).status).toBe(422)
  const app = created.body.appId

  // Its new secret works, and the former one no more.
  const rotated = await client.call('rotateSecret', {
    app,
    'Idempotency-Key': randomUUID(),
    body: { overlapHours: 0 },
  })
  expect(rotated.status).toBe(201)
  const asApp = await ApiClient.discover(baseURL ?? '')
  const clientId = String(created.body.clientId)
  expect(await asApp.authenticate({ clientId, secret: String(created.body.secret) })).toBe(401)
  expect(await asApp.authenticate({ clientId, secret: String(rotated.body.secret) })).toBe(200)
  const listed = await asApp.call('listOwnedApps', { organization: organization.id, search: 'night' })
  expect(listed.body.data).toMatchObject([{ name: 'Night job' }])

  // A save begins from what was read.
  const read = await client.call('getApp', { app })
  const owners = await client.call('listPossibleOwners', { app, search: 'Noor' })
  expect(owners.body.data).toMatchObject([{ id: next.id }])
  const etag = read.headers.get('etag')
  const owned = await client.call('setOwner', { app, 'If-Match': etag, body: { ownerId: next.id } })
  expect(owned.headers.get('etag')).toBe('"2"')
  const stale = await client.call('updateApp', { app, 'If-Match': etag, body: { name: 'Overwritten' } })
  expect(stale).toMatchObject({ status: 412, body: { code: 'precondition-failed' } })
  expect((await client.call('updateApp', { app, body: { name: 'Unread' } })).status).toBe(428)

  // Disabled, nobody gets in; deleted, it is gone.
  expect((await client.call('disableApp', { app })).body).toEqual({ jwtsUntil: null })
  expect((await asApp.call('getMe')).status).toBe(401)
  expect((await client.call('enableApp', { app })).status).toBe(204)
  expect((await asApp.call('getMe')).status).toBe(200)
  expect((await client.call('deleteApp', { app, name: 'Night job' })).body).toEqual({ jwtsUntil: null })
  expect(await client.call('getApp', { app })).toMatchObject({ status: 404, body: { code: 'not-found' } })
  expect((await asApp.call('getMe')).status).toBe(401)
})

test('an administrator finds an operation, and what a script would send for it', async ({
  openWindow,
  baseURL,
}) => {
  const { organization, owner } = await makeHouse('Northwind Trading', 'Ada Berg')
  const page = await openWindow(owner)
  await page.goto(`/o/${organization.id}`)
  await page.getByRole('link', { name: 'API', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'API', exact: true })).toBeVisible()
  await expect(page.getByText(`${baseURL}/oauth/token`)).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search operations' }).fill('new secret')
  await expect(page).toHaveURL(/q=new/)
  await expect(page.getByRole('link', { name: /\/me Say who is asking/ })).toBeHidden()
  await page.getByRole('link', { name: /\/connected-apps\/\{app\}\/secrets Make a new secret/ }).click()
  await expect(page.getByRole('heading', { name: /^Make a new secret/ })).toBeVisible()
  await expect(page.getByRole('figure', { name: 'Request' })).toContainText('Idempotency-Key')
  await expect(page.getByRole('table', { name: 'Body' })).toContainText('overlapHours')
  await expect(page.getByText('connected-apps:secrets').first()).toBeVisible()
  const document = await page.request.get('/api/v1/openapi.json')
  expect(document.headers()['content-type']).toBe('application/json')
})
