import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newId } from '#lib/base/ids'
import { PERMISSIONS } from '#lib/domain/permissions/catalogue'
import { as } from '#test/actors'
import { makeApp, makeMember, makeOrganization } from '#test/factories'
import { ask, makeRobot, withOwnApi } from '#test/own-api'
import { exampleOf, type Schema } from './document/example.ts'
import { ID_KINDS, type Route } from './route.ts'
import { ROUTES } from './routes.ts'

withOwnApi()

const named = ROUTES.map((route) => ({ ...route, name: `${route.method} ${route.path}` }))
const needing = named.filter(({ needs }) => needs !== null)
const changing = named.filter(({ method }) => method !== 'GET')

const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema

/** A request that this route would take, if only the right caller sent it. */
async function requestFor({ path, query, body }: Route) {
  const root = await makeOrganization()
  const app = await makeApp({ organization: root })
  const ids: Record<string, string> = { organization: root.id, app: app.id }
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const kind = ID_KINDS[name]
    if (!kind) throw new Error(`No kind of ID is called ${name}.`)
    return ids[name] ?? newId(kind)
  })
  const wanted = query ? Object.entries((exampleOf(schemaOf(query)) ?? {}) as Record<string, string>) : []
  const search = new URLSearchParams(wanted).toString()
  return {
    root,
    path: search ? `${address}?${search}` : address,
    body: body ? exampleOf(schemaOf(body)) : undefined,
    headers: { 'If-Match': '"1"' },
  }
}

describe('every route of our own API', () => {
  it.each(named)('$name is nothing for nobody', async (route) => {
    const { path, body, headers } = await requestFor(route)
    expect((await ask(route.method, path, { body, headers })).status).toBe(401)
  })

  it.each(changing)('$name is never done by a cookie', async (route) => {
    const { root, path, body, headers } = await requestFor(route)
    expect((await ask(route.method, path, { cookie: as(root.owner), body, headers })).status).toBe(401)
  })

  it.each(needing)('$name is refused to a token without its scope', async (route) => {
    const { root, path, body, headers } = await requestFor(route)
    const scopes = Object.values(PERMISSIONS).flatMap(({ scope }) => scope ?? [])
    const enough = [route.needs, ...(route.orNeeds ?? [])]
    const own = enough.map((permission) => permission && PERMISSIONS[permission].scope)
    const others = [...new Set(scopes)].filter((scope) => !own.includes(scope))
    const { token } = await makeRobot(root, others)
    const { status, body: answered } = await ask(route.method, path, { token, body, headers })
    // A list of what a token sees is empty for one that sees nothing.
    if (route.operation === 'listOrganizations') expect(answered.data).toEqual([])
    else expect([403, 404]).toContain(status)
  })

  it.each(needing.filter(({ method, path }) => method === 'GET' && path.includes('{')))(
    '$name is refused to a plain member, and hidden from a stranger',
    async (route) => {
      const { root, path } = await requestFor(route)
      const member = await makeMember(root)
      const stranger = (await makeOrganization()).owner
      expect([403, 404]).toContain((await ask('GET', path, { cookie: as(stranger) })).status)
      // Members see the organization they are in, and nothing else of it.
      const expected = route.operation === 'getOrganization' ? [200] : [403, 404]
      expect(expected).toContain((await ask('GET', path, { cookie: as(member) })).status)
    },
  )
})
