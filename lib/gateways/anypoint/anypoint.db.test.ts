import { readFileSync } from 'node:fs'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { requestCounts } from '#db/schema/api-calls'
import { environments } from '#db/schema/organizations'
import { COUNTED_MAX } from '#lib/base/bounded-count'
import { newId, uuidOf } from '#lib/base/ids'
import { hashToken } from '#lib/base/secrets'
import { RATES } from '#lib/domain/api-calls/schema'
import { askAnypoint } from '#test/anypoint'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { makeRobot, makeToken, withOwnApi } from '#test/own-api'
import { ROUTES } from './routes.ts'

withOwnApi()

describe('who the shape of Anypoint lets in', () => {
  const routes = ROUTES.map((route) => ({ ...route, name: `${route.method} ${route.path}` }))

  async function pathOf(path: string) {
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const ids: Record<string, string> = { org: uuidOf(root.id), app: app.clientId }
    const filled = path.replaceAll(
      /\{(\w+)\}/g,
      (_, name: string) => ids[name] ?? uuidOf(newId('environment')),
    )
    return { root, path: `/api${filled}` }
  }

  it.each(routes)(
    '$name is nothing without a live bearer token, whatever cookies say',
    async ({ method, path }) => {
      const asked = await pathOf(path)
      const body = method === 'GET' ? undefined : {}
      for (const headers of [
        {},
        { Cookie: 'gatehouse.session-token=anything' },
        { Authorization: 'Basic YTpi' },
        { Authorization: 'Bearer nothing' },
      ]) {
        const answer = await askAnypoint(method, asked.path, {
          body,
          headers: headers as Record<string, string>,
        })
        expect(answer).toMatchObject({ status: 401, body: { status: 401, message: expect.any(String) } })
        expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      }
    },
  )

  it.each(routes)(
    '$name is refused to a token without a scope, and to another organization’s',
    async ({ method, path }) => {
      const asked = await pathOf(path)
      const body =
        method === 'GET'
          ? undefined
          : {
              client_name: 'A',
              grant_types: ['authorization_code'],
              redirect_uris: ['https://a.example.com'],
              scopes: [],
              name: 'A',
              type: 'sandbox',
            }
      const elsewhere = await makeRobot(await makeOrganization())
      const powerless = await makeRobot(asked.root, ['audit:read'])
      for (const { token } of [elsewhere, powerless]) {
        const { status } = await askAnypoint(method, asked.path, { token, body })
        if (path === '/users/me') expect(status).toBe(200)
        // What names no organization is about the caller's own.
        else if (path === '/connectedApplications' && token === elsewhere.token)
          expect([200, 201]).toContain(status)
        else expect([403, 404]).toContain(status)
      }
    },
  )

  it('refuses a token bound to another audience, and counts what callers ask', async () => {
    const root = await makeOrganization()
    const { app, token } = await makeRobot(root)
    const bound = await makeToken(app, ['connected-apps:read'], { aud: 'https://orders.example.com' })
    expect((await askAnypoint('GET', '/api/users/me', { token: bound })).status).toBe(401)
    const first = await askAnypoint('GET', '/api/users/me', { token })
    expect(first.headers.get('ratelimit')).toContain(`r=${RATES.app - 1};`)
    await database()
      .update(requestCounts)
      .set({ requests: RATES.app, windowStartedAt: sql`now()` })
      .where(eq(requestCounts.keyHash, hashToken(`app ${app.id}`)))
    const over = await askAnypoint('GET', '/api/users/me', { token })
    expect([over.status, over.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)])
  })

  it('says what is wrong with the form of a request', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root)
    const path = `/api/organizations/${root.id}/connectedApplications`
    expect((await askAnypoint('POST', path, { token, body: '{' })).status).toBe(400)
    expect((await askAnypoint('POST', path, { token, body: '[]' })).status).toBe(400)
    expect(
      (await askAnypoint('POST', path, { token, body: '{}', headers: { 'Content-Type': 'text/plain' } }))
        .status,
    ).toBe(415)
    expect((await askAnypoint('GET', '/api/nothing', { token })).status).toBe(404)
    expect((await askAnypoint('GET', '/elsewhere', { token })).status).toBe(404)
    const wrong = await askAnypoint('PUT', path, { token, body: {} })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST'])
    expect((await askAnypoint('GET', '/api/organizations/nonsense', { token })).status).toBe(404)
    expect((await askAnypoint('GET', '/api/connectedApplications/nonsense', { token })).status).toBe(404)
  })
})

describe('what is said to be served', () => {
  it('is what is served', () => {
    const readme = readFileSync('lib/gateways/anypoint/README.md', 'utf8')
    const said = [...readme.matchAll(/^\| `((?:GET|POST|PUT|PATCH|DELETE) \S+)` \|/gm)].map(([, one]) => one)
    expect(said.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort())
  })
})

describe('what scripts written for Anypoint ask first', () => {
  it('is who they are, and in which organizations', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const { app, token } = await makeRobot(root, ['organizations:read'], [root, group])
    const { body } = await askAnypoint('GET', '/api/users/me', { token })
    expect(body).toMatchObject({
      id: uuidOf(app.id),
      username: app.name,
      organizationId: uuidOf(root.id),
      organizationPreferences: {},
      memberOfOrganizations: [
        { id: uuidOf(root.id), name: root.name, isRoot: true },
        { id: uuidOf(group.id), name: group.name, isRoot: false },
      ],
    })
  })

  it('is what an organization holds', async () => {
    const root = await makeOrganization()
    const environment = {
      id: newId('environment'),
      organizationId: root.id,
      name: 'Live',
      kind: 'production',
    } as const
    await database().insert(environments).values(environment)
    const { token } = await makeRobot(root, ['organizations:read'])
    const path = `/api/organizations/${uuidOf(root.id)}`
    const shown = {
      id: uuidOf(environment.id),
      name: 'Live',
      organizationId: uuidOf(root.id),
      isProduction: true,
      type: 'production',
      clientId: null,
    }
    expect((await askAnypoint('GET', path, { token })).body).toMatchObject({
      id: uuidOf(root.id),
      name: root.name,
      isRoot: true,
      owner: { id: uuidOf(root.owner.id), username: root.owner.username },
      environments: [shown],
      subscription: { category: expect.any(String), type: expect.any(String), expiration: null },
      entitlements: {},
    })
    expect((await askAnypoint('GET', `${path}/environments`, { token })).body).toEqual({
      data: [shown],
      total: 1,
    })
    expect((await askAnypoint('GET', `${path}/environments/${shown.id}`, { token })).body).toEqual(shown)
    expect(
      (await askAnypoint('GET', `${path}/environments/${uuidOf(newId('environment'))}`, { token })).status,
    ).toBe(404)
  })

  it('lets environments be made, changed and ended where the path says, and nowhere else', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const { token } = await makeRobot(root, ['organizations:read', 'organizations:write'], [root, group])
    const path = `/api/organizations/${uuidOf(root.id)}/environments`
    const made = await askAnypoint('POST', path, { token, body: { name: 'Test', isProduction: false } })
    expect(made).toMatchObject({ status: 201, body: { name: 'Test', type: 'sandbox', isProduction: false } })
    const one = `${path}/${made.body.id}`
    const renamed = await askAnypoint('PUT', one, { token, body: { name: 'Live', isProduction: true } })
    expect(renamed).toMatchObject({
      status: 200,
      body: { id: made.body.id, name: 'Live', type: 'production' },
    })
    const kept = await askAnypoint('PUT', one, { token, body: { type: 'design' } })
    expect(kept.body).toMatchObject({ name: 'Live', type: 'design', isProduction: false })
    expect((await askAnypoint('PUT', one, { token, body: { type: 'moon' } })).status).toBe(400)
    const elsewhere = `/api/organizations/${uuidOf(group.id)}/environments/${made.body.id}`
    for (const method of ['PUT', 'DELETE'])
      expect((await askAnypoint(method, elsewhere, { token, body: { name: 'Taken' } })).status).toBe(404)
    expect((await askAnypoint('DELETE', one, { token })).status).toBe(204)
    expect((await askAnypoint('GET', one, { token })).status).toBe(404)
    expect((await askAnypoint('DELETE', one, { token })).status).toBe(404)
  })

  it('is who has a place in an organization, by rows', async () => {
    const root = await makeOrganization()
    const member = await makeMember(root, 'member', { fullName: 'Zoe van der Berg' })
    const { token } = await makeRobot(root, ['people:read'])
    const path = `/api/organizations/${uuidOf(root.id)}/members`
    const { body } = await askAnypoint('GET', path, { token })
    expect(body.total).toBe(2)
    expect(body.data.at(-1)).toEqual({
      id: uuidOf(member.id),
      username: member.username,
      firstName: 'Zoe',
      lastName: 'van der Berg',
      email: member.email,
      enabled: true,
    })
    const { body: second } = await askAnypoint('GET', `${path}?offset=1&limit=5`, { token })
    expect([second.data.length, second.total]).toEqual([1, 2])
  })

  it('says how many there are, however many, of people as of apps', async () => {
    const root = await makeOrganization()
    const { token } = await makeRobot(root, ['people:read', 'connected-apps:read'])
    const [id, owner] = [uuidOf(root.id), uuidOf(root.owner.id)]
    const many = COUNTED_MAX + 200
    await database().execute(sql`
      with made as (
        insert into users (id, username, email, full_name, home_organization_id)
        select one, one, one || '@example.com', 'Many', ${id}::uuid
        from (select uuidv7() as one from generate_series(1, ${many}::int)) ids returning id)
      insert into memberships (id, user_id, organization_id, root_organization_id, role)
      select uuidv7(), id, ${id}::uuid, ${id}::uuid, 'member' from made`)
    await database().execute(sql`
      insert into connected_apps (id, client_id, organization_id, root_organization_id, name, acts_as, client_type,
        grant_types, owner_id)
      select one, replace(one::text, '-', ''), ${id}::uuid, ${id}::uuid, 'Many ' || one, 'itself', 'server',
        '{client_credentials}', ${owner}::uuid
      from (select uuidv7() as one from generate_series(1, ${many}::int)) ids`)
    const ask = (path: string) => askAnypoint('GET', `/api/organizations/${id}/${path}`, { token })
    expect((await ask('members?limit=1')).body.total).toBe(many + 1)
    expect((await ask('connectedApplications?limit=1')).body.total).toBe(many + 1)
    expect((await ask(`members?offset=${COUNTED_MAX + 1}`)).status).toBe(400)
  }, 120_000)
})
