import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { requestCounts } from '#db/schema/api-calls'
import { appContexts } from '#db/schema/connected-apps'
import { newId } from '#lib/base/ids'
import { hashToken } from '#lib/base/secrets'
import { RATES } from '#lib/domain/api-calls/schema'
import { type MadeOrganization, makeApp } from '#test/factories'
import { ApiClient } from '../api-client.ts'
import { expect, test } from '../fixtures.ts'
import { makeHouse, makePerson } from '../people.ts'

const SCOPES = ['connected-apps:read', 'connected-apps:write', 'connected-apps:secrets', 'organizations:read']

/** An app that acts for itself in one organization, as an administrator would have made it. */
async function makeRobot(organization: MadeOrganization, scopes: readonly string[] = SCOPES) {
  const app = await makeApp({
    organization,
    name: 'Robot',
    actsAs: 'itself',
    scopes: [...scopes, 'profile'].sort(),
  })
  await database()
    .insert(appContexts)
    .values(scopes.map((scope) => ({ appId: app.id, scope, organizationId: organization.id })))
  return app
}

test('a client made of the document looks after an app from its creation to its end [P20 P29 P31 P32 P33 AM-8]', async ({
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

const PEOPLE_TOO = [
  ...SCOPES,
  'organizations:write',
  'people:read',
  'people:write',
  'apis:read',
  'apis:write',
  'audit:read',
]

test('the same client reads and changes what an organization is made of, and is told what is wrong [P20 P25 P84 P126]', async ({
  baseURL,
}) => {
  const { organization } = await makeHouse('Contoso Freight', 'Ida Lund')
  const person = await makePerson(organization, 'member', 'Omar Diaz')
  const robot = await makeRobot(organization, PEOPLE_TOO)
  const client = await ApiClient.discover(baseURL ?? '')
  expect(await client.authenticate(robot)).toBe(200)
  const here = { organization: organization.id }

  await test.step('organizations: saved from what was read, and never over a newer save', async () => {
    const read = await client.call('getOrganization', here)
    const etag = read.headers.get('etag')
    const save = (website: string) =>
      client.call('updateOrganization', { ...here, 'If-Match': etag, body: { website } })
    expect((await save('https://contoso.example.com')).status).toBe(200)
    expect(await save('https://late.example.com')).toMatchObject({
      status: 412,
      body: { code: 'precondition-failed', fields: { website: expect.stringContaining('Robot') } },
    })
    const group = { ...here, 'Idempotency-Key': randomUUID(), body: { name: 'Harbour' } }
    const made = await client.call('createBusinessGroup', group)
    expect((await client.call('createBusinessGroup', group)).body).toEqual(made.body)
    const groups = await client.call('listBusinessGroups', here)
    expect(groups.body.data).toMatchObject([{ name: 'Contoso Freight' }, { name: 'Harbour' }])
    const settings = await client.call('getSettings', here)
    expect(settings.body).toMatchObject({
      website: 'https://contoso.example.com',
      rules: { secretDaysMax: null },
    })
  })

  await test.step('members and groups: a role is changed, and somebody is named with others', async () => {
    const listed = await client.call('listPeople', { ...here, search: 'Omar' })
    expect(listed.body).toMatchObject({ total: 1, data: [{ id: person.id, places: [{ role: 'member' }] }] })
    const member = { ...here, user: person.id }
    expect(
      (await client.call('changeRole', { ...member, body: { role: 'developer', appsMax: 2 } })).status,
    ).toBe(200)
    const read = await client.call('getPerson', member)
    expect(read.body).toMatchObject({ places: [{ role: 'developer', appsMax: 2 }] })
    const made = await client.call('createGroup', { ...here, body: { name: 'Night shift' } })
    const group = made.body.groupId
    expect((await client.call('addToGroup', { group, user: person.id })).status).toBeLessThan(300)
    const people = await client.call('listGroupPeople', { group })
    expect(people.body.data).toMatchObject([{ id: person.id }])
    const seen = await client.call('getGroup', { group })
    const renamed = { group, 'If-Match': seen.headers.get('etag'), body: { name: 'Day shift' } }
    expect((await client.call('updateGroup', renamed)).status).toBe(200)
    expect((await client.call('updateGroup', renamed)).status).toBe(412)
  })

  await test.step('APIs and scopes: defined, put in words, ended', async () => {
    const parcels = { name: 'Parcels', audience: 'https://parcels.example.com', scopePrefix: 'parcels' }
    const made = await client.call('createApi', { ...here, body: parcels })
    const api = made.body.apiId
    const words = { title: 'Read parcels', description: 'Where they are.', risk: 'low' }
    const scope = { api, body: { name: 'parcels:read', ...words } }
    expect((await client.call('createScope', scope)).status).toBe(201)
    const better = { api, 'If-Match': '"1"', body: { name: 'parcels:read', title: 'See parcels' } }
    expect((await client.call('updateScope', better)).status).toBe(200)
    const offered = await client.call('listScopes', here)
    expect(offered.body.data).toContainEqual(
      expect.objectContaining({ name: 'parcels:read', title: 'See parcels' }),
    )
    expect((await client.call('endScope', { api, name: 'parcels:read' })).status).toBe(204)
  })

  await test.step('keys and owners: an app signs with a key, and is handed on', async () => {
    const name = 'Parcel tracker'
    const draft = { name, actsAs: 'user', redirectUris: ['https://tracker.example.com/callback'] }
    const app = (await client.call('createApp', { ...here, body: draft })).body.appId
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
    expect((await client.call('addKeys', { app, body: { keys } })).status).toBe(201)
    const [key] = (await client.call('listKeys', { app })).body.data as { id: string }[]
    expect((await client.call('endKey', { app, key: key?.id })).status).toBe(204)
    const owner = { app, 'If-Match': '"1"', body: { ownerId: person.id } }
    expect((await client.call('setOwner', owner)).status).toBe(200)
    // What is wrong is said in problem details, by field where it is a field.
    expect(await client.call('createApp', { ...here, body: draft })).toMatchObject({
      status: 409,
      body: { title: 'Conflict', code: 'conflict', fields: { name: expect.any(String) } },
    })
    const wrong = {
      ...here,
      body: { ...draft, name: 'Other', redirectUris: ['http://elsewhere.example.com'] },
    }
    expect(await client.call('createApp', wrong)).toMatchObject({ status: 400, body: { code: 'invalid' } })
    const foreign = await makeApp({ organization: (await makeHouse('Tailwind', 'Una Roe')).organization })
    const absent = await client.call('getApp', { app: foreign.id })
    expect(absent.status).toBe(404)
    const unknown = await client.call('getApp', { app: newId('app') })
    expect([unknown.status, unknown.body.detail]).toEqual([404, absent.body.detail])
  })

  await test.step('lists: page by page, each row once', async () => {
    for (let at = 0; at < 105; at++)
      await makeApp({ organization, name: `Batch ${String(at).padStart(3, '0')}` })
    const names: string[] = []
    let cursor: unknown
    do {
      const page = await client.call('listOwnedApps', { ...here, search: 'batch', sort: 'name', cursor })
      names.push(...(page.body.data as { name: string }[]).map((app) => app.name))
      expect(page.headers.get('link') !== null).toBe(page.body.next !== null)
      cursor = page.body.next ?? undefined
    } while (cursor)
    expect([names.length, new Set(names).size, names.at(-1)]).toEqual([105, 105, 'Batch 104'])
  })

  await test.step('the audit log, as a file, says who did all this', async () => {
    const file = await client.call('exportEvents', { ...here, body: { format: 'jsonl' } })
    const lines = String(file.body).trim().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ 'end of export': true })
    expect(lines.filter((line) => line.includes('"name":"Robot"')).length).toBeGreaterThan(10)
  })

  await test.step('too many requests: told before, refused after, with when to come again', async () => {
    await database()
      .update(requestCounts)
      .set({ requests: RATES.app - 1, windowStartedAt: sql`now()` })
      .where(eq(requestCounts.keyHash, hashToken(`app ${robot.id}`)))
    const last = await client.call('getMe')
    expect([last.status, last.headers.get('ratelimit')]).toEqual([200, expect.stringContaining('r=0;')])
    const over = await client.call('getMe')
    expect(over).toMatchObject({ status: 429, body: { title: 'Too Many Requests' } })
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
  })
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
