import { beforeAll, describe, expect, it } from 'vitest'
import { ROUTES } from '#lib/gateways/anypoint/routes'
import { askAnypoint } from '#test/anypoint'
import { ANYPOINT_ROWS, type AnypointRow } from '#test/matrix/anypoint'
import { activePerson, type Caller } from '#test/matrix/callers'
import { everyoneAtTheDoor } from '#test/matrix/everyone-at-the-door'
import { outcomeFor } from '#test/matrix/needs'
import { makeToken, makeTokenForPassword } from '#test/matrix/tokens'
import { makeWorld, type World } from '#test/matrix/world'

/*
 * Every address of the shape of Anypoint, called by everyone as they really would: people with a token for their password or
 * through an app's, apps with a token of their own, and nobody. A new address needs a row in `test/matrix/anypoint.ts`.
 */
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`

describe('the matrix of the shape of Anypoint', () => {
  it('has a row for each address, and none for what is not there', () => {
    expect(Object.keys(ANYPOINT_ROWS).sort()).toEqual(ROUTES.map(nameOf).sort())
  })
})

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

describe('everyone who asks as a script written for Anypoint', () => {
  it.each(Object.entries(ANYPOINT_ROWS))(
    '%s comes to what the catalogue says [P1] [P3] [P85] [P87] [P88]',
    async (name, row) => {
      const { came, said } = await everyoneAtTheDoor({
        comes: (caller) => outcomeOf(name, row, caller),
        says: (caller) => (isNobody(caller) ? 'unauthenticated' : outcomeFor(caller, row.needs)),
      })
      expect(came).toEqual(said)
    },
  )
})

const isNobody = (caller: Caller) => caller.kind !== 'app' && !activePerson(caller)

const CODES: Record<number, string> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
}

async function outcomeOf(name: string, row: AnypointRow, caller: Caller | null): Promise<string> {
  const { query, body, ...named } = await row.sent(world)
  const [method = '', pattern = ''] = name.split(' ')
  const path = pattern.replace(
    /\{(\w+)\}/g,
    (_, part: string) => (named as Record<string, string>)[part] ?? '',
  )
  const token = caller ? await tokenOf(caller, row) : undefined
  const answer = await askAnypoint(method, `/api${path}?${new URLSearchParams(query)}`, { token, body })
  if (answer.status < 300) return 'done'
  return CODES[answer.status] ?? `${answer.status} ${answer.body?.message}`
}

function tokenOf(caller: Caller, { needs }: AnypointRow): Promise<string> {
  return caller.kind === 'person'
    ? makeTokenForPassword(world, caller.person)
    : makeToken(world, caller, needs)
}
