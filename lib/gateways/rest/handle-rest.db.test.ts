import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { appContexts, connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import { BODY_BYTES_MAX } from '#lib/base/read-json'
import { authorizeApp } from '#lib/domain/authorizations/authorize-app'
import { as } from '#test/actors'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { ALL, AUDIENCE, ask, makeRobot, makeToken, withOwnApi } from '#test/own-api'

withOwnApi()

describe('who the API lets in', () => {
  it('takes a bearer token for everything, and the console’s cookie for reading only', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const cookie = as(root.owner)
    expect((await ask('GET', `/connected-apps/${app.id}`, { cookie })).body).toMatchObject({ name: app.name })
    const patch = { cookie, body: { name: 'By cookie' }, headers: { 'If-Match': '"1"' } }
    expect(await ask('PATCH', `/connected-apps/${app.id}`, patch)).toMatchObject({ status: 401 })
    expect(await ask('DELETE', `/connected-apps/${app.id}?name=${app.name}`, { cookie })).toMatchObject({
      status: 401,
    })
    const { token } = await makeRobot(root)
    expect(await ask('PATCH', `/connected-apps/${app.id}`, { ...patch, token })).toMatchObject({
      status: 200,
    })
  })

  it('says 401 with WWW-Authenticate to nobody, to unknown tokens, and never falls back to the cookie', async () => {
    const root = await makeOrganization()
    const nobody = await ask('GET', '/organizations')
    expect(nobody.status).toBe(401)
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer')
    expect(nobody.body).toMatchObject({ code: 'unauthenticated', title: 'Unauthorized' })
    const unknown = await ask('GET', '/organizations', { token: 'unknown', cookie: as(root.owner) })
    expect(unknown.status).toBe(401)
    expect(unknown.headers.get('www-authenticate')).toContain('invalid_token')
    const basic = { Authorization: 'Basic YTpi' }
    expect((await ask('GET', '/organizations', { headers: basic, cookie: as(root.owner) })).status).toBe(401)
  })

  it('refuses a token that is bound to another audience', async () => {
    const root = await makeOrganization()
    const { app } = await makeRobot(root)
    const elsewhere = await makeToken(app, ALL, { aud: 'https://orders.example.com' })
    expect((await ask('GET', '/organizations', { token: elsewhere })).status).toBe(401)
    const here = await makeToken(app, ALL, { aud: AUDIENCE })
    expect((await ask('GET', '/organizations', { token: here })).status).toBe(200)
  })

  it('lets a token act in the organizations chosen for it, and says 403 for any other [P85]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const stranger = await makeOrganization()
    const { app, token } = await makeRobot(root, ALL, [group])
    expect((await ask('GET', `/organizations/${group.id}/connected-apps`, { token })).status).toBe(200)
    for (const { id } of [root, stranger]) {
      const body = { name: 'New', actsAs: 'user', redirectUris: ['https://a.example.com'] }
      expect((await ask('POST', `/organizations/${id}/connected-apps`, { token, body })).status).toBe(403)
      expect((await ask('GET', `/organizations/${id}`, { token })).status).toBe(403)
      expect((await ask('GET', `/organizations/${id}/policy`, { token })).status).toBe(403)
    }
    // What is taken away counts no more for tokens already out [P86].
    await database().delete(appContexts).where(eq(appContexts.appId, app.id))
    expect((await ask('GET', `/organizations/${group.id}`, { token })).status).toBe(403)
  })

  it('ends with a disabled app, and begins again with an enabled one [P33]', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root)
    const setDisabled = (disabledAt: Date | null) =>
      database().update(connectedApps).set({ disabledAt }).where(eq(connectedApps.id, app.id))
    await setDisabled(new Date())
    expect((await ask('GET', '/organizations', { token })).status).toBe(401)
    await setDisabled(null)
    expect((await ask('GET', '/organizations', { token })).status).toBe(200)
  })

  it('answers 403 to whoever governs nowhere, whatever the ID, and 404 beyond one’s reach [P1]', async () => {
    const root = await makeOrganization()
    const stranger = await makeOrganization()
    const member = await makeMember(root)
    const app = await makeApp({ organization: root })
    const paths = [app.id, 'app_01h455vb4pex5vsknk084sn02q', 'app_nonsense', root.id, '%00'].map(
      (id) => `/connected-apps/${id}`,
    )
    for (const path of [
      ...paths,
      `/organizations/${root.id}/connected-apps`,
      `/organizations/${root.id}/scopes`,
    ]) {
      expect((await ask('GET', path, { cookie: as(member) })).status).toBe(403)
      expect((await ask('GET', path, { cookie: as(stranger.owner) })).status).toBe(404)
    }
  })

  it('forgets an administrator at the next request after the right was withdrawn [P4]', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'administrator')
    const path = `/organizations/${root.id}/connected-apps`
    expect((await ask('GET', path, { cookie: as(ana) })).status).toBe(200)
    await database().update(memberships).set({ endedAt: new Date() }).where(eq(memberships.userId, ana.id))
    expect((await ask('GET', path, { cookie: as(ana) })).status).toBe(403)
  })
})

describe('apps over the API', () => {
  it('are created, read, changed with their ETag, disabled, and deleted by name', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const body = {
      name: 'Order sync',
      actsAs: 'user',
      redirectUris: ['https://a.example.com/cb'],
      scopes: ['openid'],
    }
    const created = await ask('POST', `/organizations/${root.id}/connected-apps`, { token, body })
    expect(created).toMatchObject({
      status: 201,
      body: { secret: expect.stringMatching(/^ghs_/), version: 1 },
    })
    const path = created.headers.get('location')?.replace('/api/v1', '') ?? ''
    const read = await ask('GET', path, { token })
    expect(read.headers.get('etag')).toBe('"1"')
    expect(read.headers.get('cache-control')).toBe('no-store')
    expect(JSON.stringify(read.body)).not.toContain(created.body.secret)
    const changed = await ask('PATCH', path, {
      token,
      body: { name: 'Order flow' },
      headers: { 'If-Match': '"1"' },
    })
    expect(changed).toMatchObject({ status: 200, body: { version: 2 } })
    expect(changed.headers.get('etag')).toBe('"2"')
    expect((await ask('PUT', `${path}/disabled`, { token })).body).toEqual({ jwtsUntil: null })
    expect((await ask('GET', path, { token })).body.disabledAt).toEqual(expect.any(String))
    expect((await ask('DELETE', `${path}/disabled`, { token })).status).toBe(204)
    expect((await ask('DELETE', path, { token })).status).toBe(400)
    expect((await ask('DELETE', `${path}?name=Order%20flow`, { token })).body).toEqual({ jwtsUntil: null })
    expect((await ask('GET', path, { token })).status).toBe(404)
  })

  it('are not saved over somebody’s newer save: 412 with If-Match, 409 with a version, 428 with neither', async () => {
    const root = await makeOrganization()
    const { app: robot, token } = await makeRobot(root)
    const app = await makeApp({ organization: root })
    const path = `/connected-apps/${app.id}`
    const save = (name: string, more: object, headers = {}) =>
      ask('PATCH', path, { token, body: { name, ...more }, headers })
    expect((await save('First', {}, { 'If-Match': '"1"' })).status).toBe(200)
    const stale = await save('Second', {}, { 'If-Match': '"1"' })
    expect(stale).toMatchObject({ status: 412, body: { fields: { name: `Changed by ${robot.name}.` } } })
    expect((await save('Second', { version: 1 })).status).toBe(409)
    expect((await save('Second', {})).status).toBe(428)
    expect((await save('Second', {}, { 'If-Match': 'W/"2"' })).status).toBe(400)
    const other = await makeApp({ organization: root })
    expect((await save(other.name, {}, { 'If-Match': '"2"' })).status).toBe(409)
  })

  it('keep their ID: a PATCH that changes it is refused [P27]', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const app = await makeApp({ organization: root })
    const sent = { token, body: { clientId: 'a'.repeat(32) }, headers: { 'If-Match': '"1"' } }
    expect(await ask('PATCH', `/connected-apps/${app.id}`, sent)).toMatchObject({
      status: 400,
      body: { code: 'invalid', fields: { clientId: expect.any(String) } },
    })
  })

  it('get a new secret, returned this once [P31] [AM-8]', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const app = await makeApp({ organization: root })
    const path = `/connected-apps/${app.id}/secrets`
    const rotated = await ask('POST', path, { token, body: { overlapHours: 1 } })
    expect(rotated).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^ghs_/) } })
    const list = await ask('GET', path, { token })
    expect(list.body.data).toHaveLength(2)
    expect(JSON.stringify(list.body)).not.toContain(rotated.body.secret)
    expect(JSON.stringify(list.body)).not.toMatch(/hash/i)
    expect((await ask('DELETE', `${path}/${rotated.body.secretId}`, { token })).status).toBe(204)
    const { token: reader } = await makeRobot(root, ['connected-apps:read'])
    expect((await ask('POST', path, { token: reader })).status).toBe(403)
  })

  it('never widen or re-own themselves [P131]', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root)
    const next = await makeMember(root, 'administrator')
    const headers = { 'If-Match': '"1"' }
    const contexts = [{ scope: 'allowlist:write', organizationId: root.id }]
    const widen = {
      scopes: [...ALL, 'allowlist:write'],
      contexts: [...ALL.map((scope) => ({ scope, organizationId: root.id })), ...contexts],
    }
    expect(
      (await ask('PUT', `/connected-apps/${app.id}/contexts`, { token, headers, body: widen })).status,
    ).toBe(403)
    const reown = { ownerId: next.id }
    expect((await ask('PATCH', `/connected-apps/${app.id}`, { token, headers, body: reown })).status).toBe(
      403,
    )
  })

  it('are listed with search, filters and pages, and say which filter is unknown', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    await makeApp({ organization: root, name: 'Alpha', rotationDueSince: new Date() })
    await makeApp({ organization: root, name: 'Beta', disabledAt: new Date() })
    const names = async (query: string) => {
      const { body } = await ask('GET', `/organizations/${root.id}/connected-apps?${query}`, { token })
      return body.data.map((app: { name: string }) => app.name)
    }
    expect(await names('search=alp')).toEqual(['Alpha'])
    expect(await names('state=disabled&sort=last-used')).toEqual(['Beta'])
    expect(await names('isRotationDue=true')).toEqual(['Alpha'])
    const refused = async (query: string) =>
      (await ask('GET', `/organizations/${root.id}/connected-apps?${query}`, { token })).status
    expect(await refused('isRotationDue=maybe')).toBe(400)
    expect(await refused('colour=red')).toBe(400)
    expect(await refused('search=a&search=b')).toBe(400)
    expect(await refused('cursor=xyz')).toBe(400)
    expect(await refused('sort=age')).toBe(400)
  })
})

describe('the form of a request', () => {
  it('is answered in problem details, whatever is wrong with it', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const path = `/organizations/${root.id}/connected-apps`
    const post = (body: unknown, headers = {}) => ask('POST', path, { token, body, headers })
    expect((await ask('GET', '/nothing', { token })).status).toBe(404)
    const method = await ask('DELETE', '/organizations', { token })
    expect(method.status).toBe(405)
    expect(method.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
    expect((await ask('OPTIONS', path)).status).toBe(204)
    expect((await post('{"name":', {})).status).toBe(400)
    expect((await post('[]')).status).toBe(400)
    expect((await post('null')).status).toBe(400)
    expect((await post('{}', { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await post('x'.repeat(BODY_BYTES_MAX + 1))).status).toBe(413)
    expect((await ask('GET', `${path}?search=%00`, { token })).status).toBe(400)
    expect(
      (await post({ name: 'a\0b', actsAs: 'user', redirectUris: ['https://a.example.com'] })).status,
    ).toBe(400)
    const empty = await post({})
    expect(empty.status).toBe(400)
    expect(empty.headers.get('content-type')).toBe('application/problem+json')
    expect(empty.body).toMatchObject({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      code: 'invalid',
      fields: { name: expect.any(String) },
    })
  })

  it('lets no other origin read an answer', async () => {
    const { token } = await makeRobot(await makeOrganization())
    const headers = { Origin: 'https://elsewhere.example.com', 'Access-Control-Request-Method': 'GET' }
    for (const answer of [
      await ask('GET', '/organizations', { token, headers }),
      await ask('OPTIONS', '/organizations', { headers }),
      await ask('GET', '/openapi.json', { headers }),
    ]) {
      expect(answer.status).toBeLessThan(300)
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('describes itself to anyone, and says when it has not changed', async () => {
    const document = await ask('GET', '/openapi.json')
    expect(document.body).toMatchObject({ openapi: '3.1.0', servers: [{ url: AUDIENCE }] })
    expect(document.headers.get('cache-control')).toContain('public')
    const headers = { 'If-None-Match': document.headers.get('etag') ?? '' }
    expect((await ask('GET', '/openapi.json', { headers })).status).toBe(304)
  })

  it('may be a HEAD where it may be a GET', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root)
    const head = await ask('HEAD', `/connected-apps/${app.id}`, { token })
    expect(head).toMatchObject({ status: 200, body: undefined })
    expect(head.headers.get('etag')).toBe('"1"')
  })
})

describe('policy over the API', () => {
  const POLICY = ['allowlist:read', 'allowlist:write', 'authorizations:remove']

  it('is read, previewed and changed; an app is listed by its client ID and taken off', async () => {
    const root = await makeOrganization()
    const elsewhere = await makeOrganization()
    const app = await makeApp({ organization: elsewhere, audience: 'everyone' })
    const { token } = await makeRobot(root, POLICY)
    const base = `/organizations/${root.id}`
    expect((await ask('GET', `${base}/policy`, { token })).body).toMatchObject({ mode: 'unrestricted' })
    const preview = await ask('GET', `${base}/policy/preview?mode=restricted`, { token })
    const { fingerprint: expectedFingerprint } = preview.body
    const change = { token, body: { mode: 'restricted', expectedFingerprint } }
    expect(await ask('PUT', `${base}/policy/mode`, change)).toMatchObject({ status: 204 })
    expect((await ask('PUT', `${base}/policy/mode`, { token, body: { mode: 'toString' } })).status).toBe(400)
    const off = await ask('PUT', `${base}/policy/internal-auto-approval`, { token, body: { isOn: false } })
    expect(off.status).toBe(204)
    expect((await ask('GET', `${base}/policy`, { token })).body).toMatchObject({
      mode: 'restricted',
      internalAutoApproval: false,
    })
    const entry = { token, body: { clientId: app.clientId, scopes: ['openid'] } }
    expect((await ask('POST', `${base}/allowlist-entries`, entry)).status).toBe(201)
    expect((await ask('GET', `${base}/allowlist-entries`, { token })).body.data).toHaveLength(1)
    expect((await ask('DELETE', `${base}/allowlist-entries/${app.id}`, { token })).status).toBe(204)
    expect((await ask('GET', `${base}/approval-requests?state=waiting`, { token })).body).toEqual({
      data: [],
      next: null,
    })
  })

  it('an entry is limited from the version that was read, and not over somebody’s newer decision', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const { token } = await makeRobot(root, POLICY)
    const entries = `/organizations/${root.id}/allowlist-entries`
    await ask('POST', entries, { token, body: { clientId: app.clientId, scopes: ['openid', 'profile'] } })
    const read = await ask('GET', `${entries}/${app.id}`, { token })
    const etag = read.headers.get('etag') ?? ''
    const limit = (headers: Record<string, string>) =>
      ask('PUT', `${entries}/${app.id}/limits`, { token, headers, body: { endsAt: null, groupId: null } })
    expect((await limit({})).status).toBe(428)
    const less = await ask('PATCH', `${entries}/${app.id}`, { token, body: { remove: ['profile'] } })
    expect(less.body).toEqual({ scopes: ['openid'] })
    expect((await limit({ 'If-Match': etag })).status).toBe(412)
    const again = await ask('GET', `${entries}/${app.id}`, { token })
    expect((await limit({ 'If-Match': again.headers.get('etag') ?? '' })).status).toBe(200)
  })

  it('is previewed with another rule for internal apps, and changed as it was shown', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    await authorizeApp(as(root.owner), { appId: app.id, rootOrganizationId: root.id, scopes: ['openid'] })
    const { token } = await makeRobot(root, POLICY)
    const base = `/organizations/${root.id}/policy`
    const previewed = async (query: string) => (await ask('GET', `${base}/preview?${query}`, { token })).body
    const asNow = await previewed('mode=restricted')
    const off = await previewed('mode=restricted&internalAutoApproval=false')
    expect(off.groups).toMatchObject({ 'will-be-listed': { apps: 1, listed: 1 } })
    const change = (expectedFingerprint: string) =>
      ask('PUT', `${base}/mode`, {
        token,
        body: { mode: 'restricted', internalAutoApproval: false, expectedFingerprint },
      })
    expect((await change(asNow.fingerprint)).status).toBe(409)
    expect((await change(off.fingerprint)).status).toBe(204)
    expect((await change(off.fingerprint)).status).toBe(409)
    expect(
      (await ask('GET', `${base}/preview?mode=restricted&internalAutoApproval=off`, { token })).status,
    ).toBe(400)
  })

  it('is changed by a token that may not read it, and answered so', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root, ['allowlist:write'])
    const path = `/organizations/${root.id}/policy`
    expect(await ask('PUT', `${path}/mode`, { token, body: { mode: 'restricted' } })).toMatchObject({
      status: 204,
      body: undefined,
    })
    expect((await ask('GET', path, { token })).status).toBe(403)
  })

  it('is never changed by an app for the good of what it registered [P131]', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root, POLICY)
    const child = await makeApp({
      organization: root,
      registeredByAppId: app.id,
      origin: 'dynamic-registration',
    })
    const path = `/organizations/${root.id}/allowlist-entries`
    expect((await ask('POST', path, { token, body: { clientId: child.clientId } })).status).toBe(403)
    const other = await makeApp({ organization: root })
    expect((await ask('POST', path, { token, body: { clientId: other.clientId } })).status).toBe(201)
  })

  it('is the root administrators’: a business group’s administrator is refused [P59]', async () => {
    const root = await makeOrganization()
    const lead = await makeMember(await makeBusinessGroup(root), 'administrator')
    expect((await ask('GET', `/organizations/${root.id}/policy`, { cookie: as(lead) })).status).toBe(403)
  })
})

describe('authorizations over the API', () => {
  it('are listed, shown, counted before Remove, and removed with a receipt', async () => {
    const root = await makeOrganization()
    const person = await makeMember(root)
    const app = await makeApp({ organization: root })
    const scopes = ['openid', 'profile']
    await authorizeApp(as(person), { appId: app.id, rootOrganizationId: root.id, scopes })
    const { token } = await makeRobot(root, ['authorizations:read', 'authorizations:remove'])
    const base = `/organizations/${root.id}/authorized-apps`
    expect((await ask('GET', base, { token })).body).toMatchObject({
      total: 1,
      data: [{ appId: app.id, people: 1 }],
    })
    expect((await ask('GET', `${base}/${app.id}`, { token })).body).toMatchObject({
      app: { id: app.id },
      people: 1,
      families: 0,
      tokens: 0,
      isExact: true,
    })
    const people = await ask('GET', `${base}/${app.id}/people`, { token })
    expect(people.body.data).toMatchObject([{ userId: person.id }])
    const [{ authorizationId }] = people.body.data
    const families = `/organizations/${root.id}/authorizations/${authorizationId}/token-families`
    expect((await ask('GET', families, { token })).body).toMatchObject({ data: [], next: null })
    expect((await ask('GET', `${base}/${app.id}/removal`, { token })).body).toMatchObject({ people: 1 })
    expect((await ask('DELETE', `${base}/${app.id}?alsoBlock=perhaps`, { token })).status).toBe(400)
    expect((await ask('DELETE', `${base}/${app.id}`, { token })).body).toMatchObject({ people: 1 })
    expect((await ask('GET', base, { token })).body).toMatchObject({ total: 0, data: [] })
    const auditor = await makeRobot(root, ['audit:read'])
    const log = await ask('GET', `/organizations/${root.id}/events?appId=${app.id}`, { token: auditor.token })
    expect(log.body.data.map((event: { name: string }) => event.name)).toEqual([
      'authorizations.removed-for-everyone',
      'authorization.granted',
    ])
  })

  it('of one’s own are shown to the person at the console, and to nobody’s app [P6]', async () => {
    const root = await makeOrganization()
    const person = await makeMember(root)
    const app = await makeApp({ organization: root })
    await authorizeApp(as(person), { appId: app.id, rootOrganizationId: root.id, scopes: ['openid'] })
    const mine = await ask('GET', '/my-authorizations', { cookie: as(person) })
    expect(mine.body.data).toMatchObject([{ app: { name: app.name } }])
    const { token } = await makeRobot(root)
    expect((await ask('GET', '/my-authorizations', { token })).status).toBe(403)
  })
})

describe('who asks', () => {
  it('is told to an app with its places, and to a person at the console', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root, ['organizations:read'])
    expect((await ask('GET', '/me', { token })).body).toMatchObject({
      kind: 'app',
      person: null,
      app: { id: app.id, name: app.name },
      scopes: ['organizations:read'],
      contexts: [{ scope: 'organizations:read', organizationId: root.id }],
      organizations: [{ id: root.id }],
    })
    expect((await ask('GET', '/me', { cookie: as(root.owner) })).body).toMatchObject({
      kind: 'person',
      person: { id: root.owner.id },
      app: null,
      scopes: null,
    })
  })
})

describe('the states of an app over the API', () => {
  it('are frozen and blocked by noun, and undone by DELETE', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    await authorizeApp(as(root.owner), { appId: app.id, rootOrganizationId: root.id, scopes: ['openid'] })
    const { token } = await makeRobot(root, ['authorizations:read', 'authorizations:remove'])
    const path = `/organizations/${root.id}/authorized-apps/${app.id}`
    const read = async () => (await ask('GET', path, { token })).body
    expect((await ask('PUT', `${path}/frozen`, { token })).body).toEqual({ jwtsUntil: null })
    expect(await read()).toMatchObject({ isFrozen: true, people: 1 })
    expect((await ask('DELETE', `${path}/frozen`, { token })).status).toBe(204)
    expect((await ask('PUT', `${path}/blocked`, { token })).status).toBe(200)
    expect(await read()).toMatchObject({ isFrozen: false, isBlocked: true, people: 0 })
    const blocked = await ask('GET', `/organizations/${root.id}/blocked-apps`, { token })
    expect(blocked.body).toMatchObject({ data: [{ appId: app.id }], next: null })
    expect((await ask('DELETE', `${path}/blocked`, { token })).status).toBe(204)
    expect(await read()).toMatchObject({ isBlocked: false })
  })

  it('lets an owner be set by the version that was read, and an entry be trimmed', async () => {
    const root = await makeOrganization()
    const next = await makeMember(root, 'administrator')
    const app = await makeApp({ organization: root, scopes: ['openid', 'profile'] })
    const { token } = await makeRobot(root, [...ALL, 'allowlist:write'])
    const path = `/connected-apps/${app.id}/owner`
    const put = (body: object, headers = {}) => ask('PUT', path, { token, body, headers })
    expect((await put({ ownerId: next.id })).status).toBe(428)
    expect((await put({}, { 'If-Match': '"1"' })).body).toMatchObject({
      fields: { ownerId: expect.any(String) },
    })
    expect(await put({ ownerId: next.id }, { 'If-Match': '"1"' })).toMatchObject({
      status: 200,
      body: { version: 2 },
    })
    expect((await ask('GET', `/connected-apps/${app.id}`, { token })).body.owner).toMatchObject({
      id: next.id,
    })
    const entries = `/organizations/${root.id}/allowlist-entries`
    const scopes = ['openid', 'profile']
    await ask('POST', entries, { token, body: { clientId: app.clientId, scopes } })
    const trimmed = await ask('PATCH', `${entries}/${app.id}`, { token, body: { remove: ['profile'] } })
    expect(trimmed.body).toEqual({ scopes: ['openid'] })
  })

  it('lets no app name one that introspects everything', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const { token } = await makeRobot(root)
    expect((await ask('PUT', `/connected-apps/${app.id}/introspection`, { token })).status).toBe(403)
  })

  it('shows where an app acting for itself may use which scope', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root, ['connected-apps:read'])
    const contexts = await ask('GET', `/connected-apps/${app.id}/contexts`, { token })
    expect(contexts.headers.get('etag')).toBe('"1"')
    expect(contexts.body.data).toEqual([
      { scope: 'connected-apps:read', organization: { id: root.id, name: root.name }, environment: null },
    ])
  })
})

describe('a list', () => {
  it('says in Link where it goes on, and ends with neither cursor nor link', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    for (let at = 0; at < 51; at++)
      await makeApp({ organization: root, name: `App ${String(at).padStart(2, '0')}` })
    const first = await ask('GET', `/organizations/${root.id}/connected-apps?sort=name`, { token })
    const [, link] = /^<\/api\/v1(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '') ?? []
    expect(link).toContain('sort=name')
    const last = await ask('GET', link ?? '', { token })
    expect(first.body.data.length + last.body.data.length).toBe(52)
    expect(last.body.next).toBeNull()
    expect(last.headers.get('link')).toBeNull()
  })
})

describe('a cursor', () => {
  it('that no list wrote is refused in words, wherever it is sent', async () => {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    await authorizeApp(as(root.owner), { appId: app.id, rootOrganizationId: root.id, scopes: ['openid'] })
    const base = `/organizations/${root.id}`
    const lists = [
      `${base}/connected-apps`,
      `${base}/authorized-apps`,
      `${base}/authorized-apps?sort=name`,
      `${base}/authorized-apps/${app.id}/people`,
      `${base}/allowlist-entries`,
      `${base}/approval-requests`,
      `${base}/approval-requests?state=answered`,
      `${base}/events`,
      '/my-authorizations',
    ]
    const forged = ['x', '[]', '["a","b"]', '[null,null]', '["2020-01-01",null]'].map((text) =>
      Buffer.from(text).toString('base64url'),
    )
    const answers: string[] = []
    for (const list of lists) {
      for (const cursor of forged) {
        const path = `${list}${list.includes('?') ? '&' : '?'}cursor=${cursor}`
        const { status } = await ask('GET', path, { cookie: as(root.owner) })
        if (status !== 400) answers.push(`${list} ${Buffer.from(cursor, 'base64url')} ${status}`)
      }
    }
    expect(answers).toEqual([])
  })
})
