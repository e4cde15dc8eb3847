import { generateKeyPairSync } from 'node:crypto'
import { count, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { connectedApps } from '#db/schema/connected-apps'
import { uuidOf } from '#lib/base/ids'
import { askAnypoint } from '#test/anypoint'
import { database } from '#test/database'
import {
  type MadeOrganization,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { ALL, makeRobot, withOwnApi } from '#test/own-api'

withOwnApi()

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const CORE = {
  client_name: 'Order sync',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: ['https://orders.example.com/cb'],
  scopes: ['openid', 'profile'],
  public_keys: [],
  client_uri: 'https://orders.example.com',
  audience: 'internal',
}
const ITSELF = {
  ...CORE,
  client_name: 'Night job',
  grant_types: ['client_credentials'],
  redirect_uris: [],
  scopes: [],
}

const inOrganization = (root: MadeOrganization) =>
  `/api/organizations/${uuidOf(root.id)}/connectedApplications`

describe('connected applications in the shape of Anypoint', () => {
  it('are created with an organization in the path or without, and read by either family', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const made = await askAnypoint('POST', inOrganization(root), { token, body: CORE })
    expect(made).toMatchObject({
      status: 201,
      body: {
        client_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        client_secret: expect.any(String),
        client_name: 'Order sync',
        grant_types: CORE.grant_types,
        redirect_uris: CORE.redirect_uris,
        scopes: ['openid', 'profile'],
        client_uri: 'https://orders.example.com',
        audience: 'internal',
        enabled: true,
        org_id: uuidOf(root.id),
        owner_org_id: uuidOf(root.id),
        owner_user_id: uuidOf(root.owner.id),
        policy_uri: null,
        tos_uri: null,
        cert_expiry: null,
      },
    })
    const { client_id: id } = made.body
    for (const path of [
      `/api/connectedApplications/${id}`,
      `${inOrganization(root)}/${id}?includeUsage=true`,
    ]) {
      const read = await askAnypoint('GET', path, { token })
      // A secret is read by nobody.
      expect(read).toMatchObject({ status: 200, body: { ...made.body, client_secret: null } })
    }
    const second = await askAnypoint('POST', '/api/connectedApplications', {
      token,
      body: { ...CORE, client_name: 'Second' },
    })
    expect(second).toMatchObject({ status: 201, body: { org_id: uuidOf(root.id) } })
  })

  it('take IDs as Anypoint has them and as ours are, and give bare ones', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const app = await makeApp({ organization: root })
    for (const id of [app.clientId, app.id, uuidOf(app.id), uuidOf(app.id).toUpperCase()]) {
      for (const org of [root.id, uuidOf(root.id)]) {
        const { status, body } = await askAnypoint(
          'GET',
          `/api/organizations/${org}/connectedApplications/${id}`,
          { token },
        )
        expect([status, body.client_id]).toEqual([200, app.clientId])
        expect(body.owner_user_id).toMatch(UUID)
      }
    }
  })

  it('are listed by name with offset, limit and search, whatever the size of our own pages', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    for (let at = 0; at < 60; at++) {
      await makeApp({ organization: root, name: `Zeta ${String(at).padStart(2, '0')}` })
    }
    const names = async (query: string) => {
      const { body } = await askAnypoint('GET', `${inOrganization(root)}?${query}`, { token })
      return [body.total, body.data.map((app: { client_name: string }) => app.client_name)]
    }
    const [total, first] = await names('limit=2&search=zeta%20')
    expect([total, first]).toEqual([60, ['Zeta 00', 'Zeta 01']])
    expect(await names('limit=3&offset=48&search=zeta%20')).toEqual([60, ['Zeta 48', 'Zeta 49', 'Zeta 50']])
    expect(await names('offset=1000')).toEqual([61, []])
    // Rows are counted by the database, and only so far.
    expect(await names('offset=10000')).toEqual([61, []])
    const beyond = await askAnypoint('GET', `${inOrganization(root)}?offset=10001`, { token })
    expect(beyond).toMatchObject({ status: 400, body: { message: expect.stringContaining('search') } })
    expect(await names('limit=0')).toEqual([61, []])
    const all = await askAnypoint('GET', `/api/connectedApplications?orgId=${uuidOf(root.id)}`, { token })
    expect(all.body.data).toHaveLength(61)
    expect((await askAnypoint('GET', `${inOrganization(root)}?limit=many`, { token })).status).toBe(400)
  })

  it('are changed in one request: settings, owner, enabled and secret', async () => {
    const root = await makeOrganization()
    const next = await makeMember(root, 'developer')
    const { token } = await makeRobot(root)
    const app = await makeApp({ organization: root })
    const path = `${inOrganization(root)}/${app.clientId}`
    const body = {
      client_name: 'Renamed',
      enabled: false,
      owner_user_id: uuidOf(next.id),
      client_id: app.clientId,
    }
    const changed = await askAnypoint('PATCH', path, { token, body })
    expect(changed).toMatchObject({
      status: 200,
      body: { client_name: 'Renamed', enabled: false, owner_user_id: uuidOf(next.id), client_secret: null },
    })
    expect((await askAnypoint('PATCH', path, { token, body: { enabled: true } })).body.enabled).toBe(true)
    const reset = await askAnypoint('PATCH', `${path}?resetSecret=true`, { token, body: {} })
    expect(reset.body.client_secret).toMatch(/^ghs_/)
    const own = 'A-long-value-of-my-own-48-signs-0123456789-abcdefgh'
    const chosen = await askAnypoint('PATCH', path, { token, body: { client_secret: own } })
    expect(chosen.body.client_secret).toBe(own)
    // A script that sends back what it knows asks for nothing new.
    const same = await askAnypoint('PATCH', path, { token, body: { ...CORE, client_secret: own } })
    expect(same).toMatchObject({ status: 200, body: { client_secret: null, client_name: 'Order sync' } })
    expect((await askAnypoint('PATCH', path, { token, body: { client_secret: 'weak' } })).status).toBe(400)
    expect((await askAnypoint('PATCH', path, { token, body: { client_id: 'f'.repeat(32) } })).status).toBe(
      400,
    )
  })

  it('keep the public keys that a body names, and no others', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const pem = () =>
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .publicKey.export({ type: 'spki', format: 'pem' })
        .toString()
    const [first, second] = [pem(), pem()]
    const made = await askAnypoint('POST', inOrganization(root), {
      token,
      body: { ...CORE, public_keys: [first] },
    })
    expect(made.body.public_keys).toEqual([first])
    const path = `/api/connectedApplications/${made.body.client_id}`
    const keysAfter = async (body: object) =>
      (await askAnypoint('PATCH', path, { token, body })).body.public_keys
    expect(await keysAfter({ public_keys: [first, second] })).toEqual([first, second])
    // Left out, they stay.
    expect(await keysAfter({ client_name: 'Renamed' })).toEqual([first, second])
    expect(await keysAfter({ public_keys: [second] })).toEqual([second])
    const list = await askAnypoint('GET', `${inOrganization(root)}?search=renamed`, { token })
    expect(list.body.data[0].public_keys).toEqual([second])
    expect(await keysAfter({ public_keys: [] })).toEqual([])
  })

  it('are deleted by either family, without their name: scripts have none to type', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    for (const family of ['/api/connectedApplications', inOrganization(root)]) {
      const app = await makeApp({ organization: root })
      expect((await askAnypoint('DELETE', `${family}/${app.clientId}`, { token })).status).toBe(204)
      expect((await askAnypoint('GET', `${family}/${app.clientId}`, { token })).status).toBe(404)
    }
  })

  it('refuse in words what is not offered or not kept', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const refused = [
      { grant_types: ['password'] },
      { grant_types: ['implicit'] },
      { grant_types: ['urn:ietf:params:oauth:grant-type:jwt-bearer'] },
      { grant_types: ['client_credentials', 'authorization_code'] },
      { grant_types: 'authorization_code' },
      { public_keys: ['-----BEGIN PUBLIC KEY-----'] },
      { public_keys: 'none' },
      { public_keys: ['-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----'] },
      { tos_uri: 'https://a.example.com/tos' },
      { scopes: ['full'] },
      { client_name: '' },
      { audience: 'nobody' },
      { redirect_uris: ['http://a.example.com'] },
    ]
    for (const wrong of refused) {
      const { status, body } = await askAnypoint('POST', inOrganization(root), {
        token,
        body: { ...CORE, ...wrong },
      })
      expect([wrong, status, body]).toEqual([
        wrong,
        400,
        { status: 400, message: expect.stringMatching(/\w{3}/) },
      ])
    }
    const [made] = await database()
      .select({ apps: count() })
      .from(connectedApps)
      .where(eq(connectedApps.organizationId, root.id))
    expect(made?.apps).toBe(1)
  })

  it('are made and listed where a header says, when nothing else does', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const other = await makeBusinessGroup(root)
    const { token } = await makeRobot(root, ALL, [group, other])
    const path = '/api/connectedApplications'
    const headers = { 'X-ANYPNT-ORG-ID': uuidOf(group.id) }
    expect((await askAnypoint('GET', path, { token })).status).toBe(400)
    expect((await askAnypoint('GET', path, { token, headers })).body).toEqual({ data: [], total: 0 })
    const body = {
      client_name: 'By header',
      grant_types: ['authorization_code'],
      redirect_uris: ['https://a.example.com/cb'],
      scopes: ['openid'],
    }
    const made = await askAnypoint('POST', path, { token, headers, body })
    expect(made).toMatchObject({ status: 201, body: { org_id: uuidOf(group.id) } })
    const elsewhere = await askAnypoint('GET', `${path}?orgId=${uuidOf(other.id)}`, { token, headers })
    expect(elsewhere.body.total).toBe(0)
  })

  it('tell whoever made one its secret, whether or not they may read apps', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root, ['connected-apps:write'])
    const body = {
      client_name: 'Written blindly',
      grant_types: ['authorization_code'],
      redirect_uris: ['https://a.example.com/cb'],
      scopes: ['openid'],
    }
    const made = await askAnypoint('POST', inOrganization(root), { token, body })
    expect(made).toMatchObject({ status: 201, body: { client_name: 'Written blindly' } })
    expect(made.body.client_secret).toMatch(/^ghs_/)
  })

  it('ask which organization is meant where a caller has to do with several', async () => {
    const root = await makeOrganization()
    const [a, b] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const { token } = await makeRobot(root, ALL, [a, b])
    const { status, body } = await askAnypoint('POST', '/api/connectedApplications', { token, body: CORE })
    expect([status, body.message]).toEqual([400, expect.stringContaining('Say which organization')])
    const said = { token, body: { ...CORE, org_id: uuidOf(b.id) } }
    expect((await askAnypoint('POST', '/api/connectedApplications', said)).body.org_id).toBe(uuidOf(b.id))
  })
})

describe('scopes in the shape of Anypoint', () => {
  const scope = (name: string, organization?: MadeOrganization) => ({
    scope: name,
    context_params: organization ? { org: uuidOf(organization.id) } : {},
  })

  it('of an app that acts for itself are put, added and taken away with their places, in both families', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const { token } = await makeRobot(root, ALL, [root, group])
    for (const family of ['/api/connectedApplications', inOrganization(root)]) {
      const body = { ...ITSELF, client_name: `Job ${family.length}` }
      const { body: app } = await askAnypoint('POST', inOrganization(root), { token, body })
      // It came by itself.
      expect(app.scopes).toEqual(['profile'])
      const path = `${family}/${app.client_id}/scopes`
      const send = (method: string, ...scopes: object[]) =>
        askAnypoint(method, path, { token, body: { scopes } })
      const read = async () => (await askAnypoint('GET', path, { token })).body
      // `profile` must not be sent, and changes nothing when it is.
      expect((await send('PUT', scope('connected-apps:read', root), scope('profile'))).status).toBe(204)
      const held = [scope('connected-apps:read', root), scope('profile')]
      expect(await read()).toEqual({ data: held, scopes: held, total: 2 })
      expect((await send('PATCH', scope('connected-apps:read', group))).status).toBe(204)
      expect((await read()).total).toBe(3)
      expect((await send('DELETE', scope('connected-apps:read', root))).status).toBe(204)
      expect((await read()).data).toEqual([scope('connected-apps:read', group), scope('profile')])
      expect(
        (await send('PUT', scope('connected-apps:read', group), scope('organizations:read', root))).status,
      ).toBe(204)
      const { body: second } = await askAnypoint('GET', `${path}?offset=1&limit=1`, { token })
      expect([second.data.length, second.total]).toEqual([1, 3])
    }
  })

  it('of an app that acts for people have no places', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const app = await makeApp({ organization: root, scopes: ['openid'] })
    const path = `/api/connectedApplications/${app.clientId}/scopes`
    expect(
      (await askAnypoint('PUT', path, { token, body: { scopes: [scope('email'), scope('openid')] } })).status,
    ).toBe(204)
    expect((await askAnypoint('GET', path, { token })).body.data).toEqual([scope('email'), scope('openid')])
  })

  it('are refused in words when they are no scopes, or nobody may give them', async () => {
    const root = await makeOrganization()
    const other = await makeOrganization()
    const { token } = await makeRobot(root)
    const { body: app } = await askAnypoint('POST', inOrganization(root), { token, body: ITSELF })
    const path = `${inOrganization(root)}/${app.client_id}/scopes`
    const put = async (scopes: unknown) =>
      (await askAnypoint('PUT', path, { token, body: { scopes } })).status
    expect(await put('connected-apps:read')).toBe(400)
    expect(await put([{ context_params: {} }])).toBe(400)
    expect(await put([null])).toBe(400)
    expect(await put([{ scope: 'connected-apps:read', context_params: { org: 'nowhere' } }])).toBe(400)
    expect(await put([scope('connected-apps:read')])).toBe(400)
    expect(await put([scope('admin:everything', root)])).toBe(400)
    expect([400, 403, 404]).toContain(await put([scope('connected-apps:read', other)]))
    // A right that the script itself does not hold there.
    expect([400, 403]).toContain(await put([scope('audit:read', root)]))
    expect((await askAnypoint('GET', path, { token })).body.total).toBe(1)
  })
})
