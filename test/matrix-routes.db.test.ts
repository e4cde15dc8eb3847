import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { findSession } from '#lib/domain/users/find-session'
import { actorOfSession } from '#lib/domain/users/session-actor'
import { handleRest } from '#lib/gateways/rest/handle-rest'
import { ROUTES } from '#lib/gateways/rest/routes'
import { activePerson, CALLERS, type Caller } from '#test/matrix/callers'
import { everyoneAtTheDoor } from '#test/matrix/everyone-at-the-door'
import { outcomeFor } from '#test/matrix/needs'
import { rolledBack } from '#test/matrix/rolled-back'
import { ROUTE_ROWS, type RouteRow } from '#test/matrix/routes'
import { makeToken } from '#test/matrix/tokens'
import { makeWorld, type World } from '#test/matrix/world'

/*
 * Every route of our own API, called by everyone as they really would: people with the console's cookie or through an app's
 * token, apps with a token of their own, and nobody. A new route needs a row in `test/matrix/routes.ts`.
 */
const ORIGIN = 'http://localhost:3000'
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`

describe('the matrix of routes', () => {
  it.each(ROUTES.map(nameOf))('has a row for %s', (name) => {
    expect(
      ROUTE_ROWS,
      `Add it to ROUTE_ROWS in test/matrix/routes.ts: what is sent, and what it needs.`,
    ).toHaveProperty([name])
  })

  it('has no row for what is not there', () => {
    const names = ROUTES.map(nameOf)
    expect(Object.keys(ROUTE_ROWS).filter((name) => !names.includes(name))).toEqual([])
  })

  const asking = ROUTES.filter((route) => ROUTE_ROWS[nameOf(route)]?.needs.asks.length)

  it.each(asking)('$method $path says what it needs', (route) => {
    expect(ROUTE_ROWS[nameOf(route)]?.needs.asks.map(({ permission }) => permission)).toContain(route.needs)
  })
})

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

describe('everyone who asks', () => {
  it.each(Object.entries(ROUTE_ROWS))(
    '%s comes to what the catalogue says [P1] [P3] [P85] [P87] [P88]',
    async (name, row) => {
      const { came, said } = await everyoneAtTheDoor({
        comes: (caller) => outcomeOf(name, row, caller),
        says: (caller) => outcomeAtTheDoor(name, row, caller),
      })
      expect(came).toEqual(said)
    },
  )
})

describe('whoever made something and lost the right', () => {
  const making = ROUTES.filter(({ creates }) => creates)

  it.each(making)(
    'is not answered again by $method $path, whatever the token holds [P4] [P88]',
    async (route) => {
      const name = nameOf(route)
      const secrets = route.showsOnce ?? []
      const row = ROUTE_ROWS[name] as RouteRow
      const caller = CALLERS.find((one) => one.kind === 'through' && outcomeFor(one, row.needs) === 'done')
      if (caller?.kind !== 'through') throw new Error(`Nobody makes this through an app: ${name}`)
      const came = await rolledBack(async () => {
        const send = await asked(name, row, caller, { 'Idempotency-Key': 'the-key-of-the-matrix' })
        const first = await send()
        const again = await send()
        const kept = { ...(await first.json()), ...Object.fromEntries(secrets.map((name) => [name, null])) }
        const isSame = JSON.stringify(kept) === (await again.text())
        const isMember = eq(memberships.userId, world.people[caller.person].id)
        await database().update(memberships).set({ role: 'member' }).where(isMember)
        return [first.status, isSame, again.headers.get('idempotency-replayed'), (await send()).status]
      })
      expect(came).toEqual([201, true, 'true', 403])
    },
  )
})

/** A cookie is good for reading alone, and whoever's account is deactivated is nobody. */
function outcomeAtTheDoor(name: string, { needs }: RouteRow, caller: Caller): string {
  const isNobody = caller.kind !== 'app' && !activePerson(caller)
  const isCookieToChange = caller.kind === 'person' && !name.startsWith('GET ')
  return isNobody || isCookieToChange ? 'unauthenticated' : outcomeFor(caller, needs)
}

const CODES: Record<number, string> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
}

async function outcomeOf(name: string, row: RouteRow, caller: Caller | null): Promise<string> {
  const send = await asked(name, row, caller)
  const response = await send()
  return response.ok ? 'done' : (CODES[response.status] ?? `${response.status} ${await response.text()}`)
}

/** What a row sends, made ready: with what has to be there first, and the caller's token. */
async function asked(name: string, row: RouteRow, caller: Caller | null, headers = {}) {
  const { query, body, ...ids } = await row.sent(world)
  const [method = '', pattern = ''] = name.split(' ')
  const path = pattern.replace(/\{(\w+)\}/g, (_, kind: string) => (ids as Record<string, string>)[kind] ?? '')
  const token = caller && caller.kind !== 'person' ? await makeToken(world, caller, row.needs) : null
  const url = `${ORIGIN}/api/v1${path}?${new URLSearchParams(query)}`
  const sent = {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...headers,
    },
    body: body ? JSON.stringify(body) : null,
  }
  const consoleActor = async () => {
    const session = caller?.kind === 'person' ? await findSession(world.sessions[caller.person]) : null
    return session && actorOfSession(session, {})
  }
  return () => handleRest(new Request(url, sent), { consoleActor, audience: `${ORIGIN}/api/v1` })
}
