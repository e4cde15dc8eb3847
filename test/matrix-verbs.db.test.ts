import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { desc } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { isRefusal } from '#lib/base/refusal'
import type { Actor } from '#lib/domain/permissions/actor'
import { as } from '#test/actors'
import { database } from '#test/database'
import { CALLERS, type Caller } from '#test/matrix/callers'
import { type Need, outcomeFor, scopesHeld } from '#test/matrix/needs'
import { rolledBack } from '#test/matrix/rolled-back'
import type { Row } from '#test/matrix/row'
import { ACCOUNTS } from '#test/matrix/verbs/accounts'
import { ALLOWLIST } from '#test/matrix/verbs/allowlist'
import { APIS } from '#test/matrix/verbs/apis'
import { AUDIT } from '#test/matrix/verbs/audit'
import { AUTHORIZATIONS } from '#test/matrix/verbs/authorizations'
import { BULK_ROTATIONS } from '#test/matrix/verbs/bulk-rotations'
import { CONNECTED_APPS } from '#test/matrix/verbs/connected-apps'
import { ORGANIZATIONS } from '#test/matrix/verbs/organizations'
import { PEOPLE_OF_A_PLACE } from '#test/matrix/verbs/people'
import { makeWorld, type World } from '#test/matrix/world'

/*
 * Every verb and every query, called by everyone, and what came of it beside what the permission catalogue says. A new verb
 * needs a row in `test/matrix/verbs/`: the verb, what it is called with in the world of `world.ts`, and what it needs.
 */
const ROWS: readonly Row[] = [
  ...CONNECTED_APPS,
  ...BULK_ROTATIONS,
  ...APIS,
  ...AUTHORIZATIONS,
  ...ALLOWLIST,
  ...ORGANIZATIONS,
  ...PEOPLE_OF_A_PLACE,
  ...ACCOUNTS,
  ...AUDIT,
]

/** What takes no caller of the matrix, each with its reason. */
const NOT_CALLED_BY_ROLE: Record<string, string> = {
  createFirstOrganization: 'there is nobody yet: the one-time code is the permission',
  verifySignIn: 'a visitor is nobody yet: the password is the permission',
  tradePassword: 'a visitor whose password was verified: only the sign-in of scripts calls it',
  joinByInvitation: 'a visitor with the link of an invitation: the link is the permission',
  requestPasswordReset: 'a visitor is nobody yet: whoever they name gets a mail',
  resetPassword: 'a visitor is nobody yet: the mailed link is the permission',
  startSession: 'a visitor whose sign-in was verified: only the sign-in calls it',
}

/** Verbs that record nothing, each with its reason. */
const RECORDS_NOTHING: Record<string, string> = {
  draftRequest: 'nobody asked for anything yet: the event is the request made of it',
}

/** What asks for nobody, each with its reason. */
const ASKED_BY_NOBODY: Record<string, string> = {
  getDeployment: 'anyone may know whether it is set up',
  getMailState: 'whoever waits for a mail may know that none goes out',
  getScopesInWords: 'whoever is asked to consent reads them',
  getVerdict: 'the authorization server asks it about the person who signed in',
  getVerdictInDetail: 'the authorization server asks it about the person who signed in',
  listKeptMails: 'the mailbox of the demo is everybody’s, and nowhere else is one',
  listPossibleOrganizations: 'the authorization server asks it about the person who signed in',
  listScopeNames: 'the authorization server publishes them',
}

/** Verbs and queries, found in the folders: asynchronous functions of a domain that take who is asking, and queries that do not. */
const found = readdirSync('lib/domain', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('permissions/'))
  .flatMap((file) => {
    const path = join('lib/domain', file)
    const source = readFileSync(path, 'utf8')
    const exported = [...source.matchAll(/^export (async )?function (\w+)(?:<[^(]*>)?\(\s*(\w*)/gm)]
    const isVerb = /\btransaction\(/.test(source)
    return exported.map(([, async, name = '', first = '']) => ({
      path,
      name,
      first,
      isVerb,
      isPure: !async,
    }))
  })
const verbs = found.filter(({ first, isPure }) => (first === 'actor' || first === 'visitor') && !isPure)
const askedByNobody = found.filter(
  ({ path, name, first }) =>
    /^(get|list|preview)[A-Z]/.test(name) &&
    !['actor', 'visitor', 'tx', 'db'].includes(first) &&
    !/rules\.ts$/.test(path),
)

describe('the matrix', () => {
  /** Two domains may have a verb of one name: each is called. */
  const rows = new Map(
    [...Map.groupBy(ROWS, ({ name }) => name)].map(([name, all]) => [
      name,
      new Set(all.map(({ verb }) => verb)),
    ]),
  )

  it.each(verbs.filter(({ name }) => !(name in NOT_CALLED_BY_ROLE)))(
    'has a row for $name of $path',
    ({ name, path }) => {
      const advice = `Add to test/matrix/verbs/: row(${name}, (w) => ({ appId: w.app.id }), needs('<permission>', APP)), for ${path}.`
      const files = verbs.filter((verb) => verb.name === name).length
      expect(rows.get(name)?.size ?? 0, advice).toBe(files)
    },
  )

  it('has no row for what is not there', () => {
    expect([...rows.keys()].filter((name) => !verbs.some((verb) => verb.name === name))).toEqual([])
  })

  it('names what is asked by nobody', () => {
    const names = askedByNobody.map(({ name }) => name)
    expect(names.filter((name) => name !== 'listingOf').sort()).toEqual(Object.keys(ASKED_BY_NOBODY))
  })
})

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

describe('everyone who calls', () => {
  it.each(ROWS.map((row) => ({ ...row, title: [row.name, row.how].filter(Boolean).join(', ') })))(
    '$title comes to what the catalogue says [P2] [P3] [P85] [P87] [P88]',
    async (row) => {
      const came: Record<string, string> = {}
      const said: Record<string, string> = {}
      for (const caller of CALLERS.filter(row.calledBy ?? (() => true))) {
        came[caller.name] = await rolledBack(() => outcomeOf(row, caller))
        said[caller.name] = outcomeFor(caller, row.needs)
      }
      expect(came).toEqual(said)
    },
  )
})

const changes = new Set(
  verbs.filter(({ name, isVerb }) => isVerb && !(name in RECORDS_NOTHING)).map(({ name }) => name),
)

/** Whether it was done is not taken from its word: a verb that was has recorded it, and nothing else has. */
async function outcomeOf(row: Row, caller: Caller): Promise<string> {
  const actor = actorOf(caller, row.needs)
  const input = await row.input(world, actor)
  const before = await countEvents()
  const outcome = await row.call(actor, input).then(
    (result) => (row.shows === undefined || row.shows(result, world) ? 'done' : 'nothing'),
    (thrown: unknown) => {
      if (isRefusal(thrown)) return thrown.code
      throw thrown
    },
  )
  const told = await eventsSince(before)
  if (told.some((event) => !isToldOf(event, actor))) return `${outcome}, recorded as somebody else’s`
  if (/ghs_|ghp_/.test(JSON.stringify(told))) return `${outcome}, with a secret in the log`
  if (outcome === 'done' && changes.has(row.name)) return told.length > 0 ? 'done' : 'nothing'
  return told.length > 0 ? `${outcome}, and yet recorded` : outcome
}

const countEvents = () => database().$count(events)

async function eventsSince(before: number) {
  const more = (await countEvents()) - before
  return more === 0 ? [] : database().select().from(events).orderBy(desc(events.id)).limit(more)
}

/** Whether the event names who called, and the app through which they did. */
function isToldOf(event: typeof events.$inferSelect, actor: Actor): boolean {
  if (actor.kind === 'system') return false
  const { appId, name } =
    actor.kind === 'app' ? actor : { appId: actor.through?.appId ?? null, name: actor.name }
  const userId = actor.kind === 'user' ? actor.userId : null
  const appName = actor.kind === 'user' ? (actor.through?.appName ?? null) : null
  return (
    event.actorUserId === userId &&
    event.actorAppId === appId &&
    event.actorName === name &&
    event.actorAppName === appName
  )
}

function actorOf(caller: Caller, { asks }: Need): Actor {
  if (caller.kind === 'person') return as(world.people[caller.person])
  const held = scopesHeld(caller, asks)
  const { robot, helper, places } = world
  if (caller.kind === 'app') {
    const contexts = held.map(({ scope, place }) => ({ scope, organizationId: places[place].id }))
    return { kind: 'app', appId: robot.id, name: robot.name, contexts }
  }
  const root = caller.held === 'with the scope elsewhere' ? places.elsewhere : places.north
  const through = {
    appId: helper.id,
    appName: helper.name,
    scopes: held.map(({ scope }) => scope),
    rootOrganizationId: root.id,
  }
  return { ...as(world.people[caller.person]), through }
}
