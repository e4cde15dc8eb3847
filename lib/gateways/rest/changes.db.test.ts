import { eq, sql } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { closeDatabase, letFollowersGo } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { sessions, users } from '#db/schema/users'
import type { Id } from '#lib/base/ids'
import { restrict } from '#lib/domain/allowlist/restrict'
import { record } from '#lib/domain/audit/record'
import { ALL_TOPICS } from '#lib/domain/audit/topics'
import { disableApp } from '#lib/domain/connected-apps/disable-app'
import { rotateSecret } from '#lib/domain/connected-apps/rotate-secret'
import { setJwksUri } from '#lib/domain/connected-apps/set-jwks-uri'
import { updateApp } from '#lib/domain/connected-apps/update-app'
import { setNetworks } from '#lib/domain/installations/set-networks'
import { changeRole } from '#lib/domain/offboarding/change-role'
import { deactivateUser } from '#lib/domain/offboarding/deactivate-user'
import { updateOrganization } from '#lib/domain/organizations/update-organization'
import type { UserActor } from '#lib/domain/permissions/actor'
import { endSession } from '#lib/domain/users/end-session'
import { startSession } from '#lib/domain/users/start-session'
import { handleRest } from '#lib/gateways/rest/handle-rest'
import { as, SYSTEM } from '#test/actors'
import { makeAuthorization } from '#test/authorizations'
import { database, transaction } from '#test/database'
import {
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { AUDIENCE, makeRobot, withOwnApi } from '#test/own-api'
import { STREAMS_OF_A_LISTENER_MAX } from './change-stream.ts'

withOwnApi()

type Frame = { event: string; topics: string[] }
type Listening = {
  response: Response
  next(): Promise<Frame | undefined>
  changed(): Promise<string[]>
  end(): Promise<void>
}
const open: Listening[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.end()))
})

/** A person at a browser of their own, signed in for real. */
async function signedIn(person: MadeUser): Promise<UserActor & { sessionId: Id<'session'> }> {
  const { sessionId } = await startSession({}, { userId: person.id, authenticationMethods: ['pwd'] })
  return { ...as(person), sessionId }
}

async function atHome(person: MadeUser, { id }: MadeOrganization): Promise<void> {
  await database().update(users).set({ homeOrganizationId: id }).where(eq(users.id, person.id))
}

type Asked = {
  cookie?: UserActor
  token?: string
  query?: string
  headers?: Record<string, string>
  method?: string
}

async function listen({ id }: Pick<MadeOrganization, 'id'>, asked: Asked): Promise<Listening> {
  const { cookie, token, query = '', headers = {}, method = 'GET' } = asked
  const request = new Request(`${AUDIENCE}/organizations/${id}/changes${query}`, {
    method,
    headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers },
  })
  const response = await handleRest(request, { consoleActor: async () => cookie ?? null, audience: AUDIENCE })
  const reader = response.ok ? response.body?.getReader() : undefined
  const next = async () => {
    const { done, value } = (await reader?.read()) ?? { done: true }
    return done || !value ? undefined : frameOf(new TextDecoder().decode(value))
  }
  const changed = async () => {
    for (;;) {
      const frame = await next()
      if (!frame) return ['it ended']
      if (frame.event === 'changed') return frame.topics
    }
  }
  const listening = { response, next, changed, end: async () => reader?.cancel() }
  if (response.ok) open.push(listening)
  return listening
}

/** Listens, and waits until it is told of whatever happens from now on. */
async function listenNow(organization: MadeOrganization, asked: Asked): Promise<Listening> {
  const listening = await listen(organization, { headers: { 'Last-Event-ID': 'any' }, ...asked })
  await listening.changed()
  // The first in a process is told once more when the process itself begins to hear.
  await transaction((tx) => happen(tx, organization))
  await listening.changed()
  return listening
}

/** Something that shows in the topic `people` and in the audit log alone. */
function happen(
  tx: Parameters<typeof record>[0],
  root: Pick<MadeOrganization, 'rootOrganizationId' | 'id' | 'name'>,
) {
  return record(tx, SYSTEM, {
    name: 'invitation.withdrawn',
    rootOrganizationId: root.rootOrganizationId,
    subject: { id: root.id, name: 'somebody@example.com' },
    details: { organizationName: root.name },
  })
}

function frameOf(text: string): Frame {
  const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? ''
  return { event: line('event'), topics: JSON.parse(line('data')).topics ?? [] }
}

describe('whoever listens', () => {
  it('hears at once what changed, by topic and without a word of what', async () => {
    const organization = await makeOrganization()
    const { response, next, changed } = await listenNow(organization, {
      cookie: await signedIn(organization.owner),
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform')
    await restrict(as(organization.owner), { rootOrganizationId: organization.id })
    expect((await changed()).sort()).toEqual(['allowlist', 'audit', 'authorizations'])
    await transaction((tx) => happen(tx, organization))
    expect(await next()).toEqual({ event: 'changed', topics: ['people', 'audit'] })
  })

  it('hears nothing of another organization, and nothing of what is undone', async () => {
    const [here, there] = [await makeOrganization(), await makeOrganization()]
    const { changed } = await listenNow(here, { cookie: await signedIn(here.owner) })
    await restrict(as(there.owner), { rootOrganizationId: there.id })
    await transaction(async (tx) => {
      await record(tx, SYSTEM, {
        name: 'allowlist.policy-changed',
        rootOrganizationId: here.id,
        subject: here,
        details: { before: 'unrestricted', after: 'closed' },
      })
      throw new Error('undone')
    }).catch(() => undefined)
    await transaction((tx) => happen(tx, here))
    expect(await changed()).toEqual(['people', 'audit'])
  })

  it('hears of no topic that they may not see, also by an app’s token', async () => {
    const organization = await makeOrganization()
    const group = await makeBusinessGroup(organization)
    const robot = await listenNow(organization, {
      token: (await makeRobot(organization, ['audit:read'])).token,
    })
    const below = await listenNow(group, {
      cookie: await signedIn(await makeMember(group, 'administrator')),
    })
    await updateOrganization(as(organization.owner), {
      organizationId: organization.id,
      name: 'Another name',
      version: 1,
    })
    expect((await below.changed()).sort()).toEqual(['connected-apps', 'organizations', 'people'])
    expect([await robot.changed(), await robot.changed()]).toEqual([['audit'], ['audit']])
  })

  it('hears of an account that is at home elsewhere', async () => {
    const [home, here] = [await makeOrganization(), await makeOrganization()]
    const guest = await makeMember(home)
    await makeMembership(here, guest.id, 'member')
    await atHome(guest, home)
    const { changed } = await listenNow(here, { cookie: await signedIn(here.owner) })
    await deactivateUser(as(home.owner), { userId: guest.id })
    expect((await changed()).sort()).toEqual(['allowlist', 'authorizations', 'connected-apps', 'people'])
  })

  it('hears of another organization’s app what pages show of it, and nothing of its secrets, keys and owners', async () => {
    const [publisher, here, elsewhere] = [
      await makeOrganization(),
      await makeOrganization(),
      await makeOrganization(),
    ]
    const app = await makeApp({ organization: publisher, audience: 'everyone' })
    await makeAuthorization(await makeMember(here), app, here)
    const by = as(publisher.owner)
    const { appId, version } = { appId: app.id, version: 1 }
    const heir = await makeMember(publisher, 'administrator')
    const installing = await listenNow(here, { cookie: await signedIn(here.owner) })
    const other = await listenNow(elsewhere, { cookie: await signedIn(elsewhere.owner) })

    await rotateSecret(by, { appId, name: 'By night' })
    await setJwksUri(by, { appId, jwksUri: 'https://keys.example.com/jwks.json' })
    await updateApp(by, { appId, version, ownerId: heir.id })
    await transaction((tx) => happen(tx, here))
    expect(await installing.changed()).toEqual(['people', 'audit'])

    await updateApp(by, { appId, version: 2, name: 'Another name' })
    expect((await installing.changed()).sort()).toEqual(['allowlist', 'authorizations'])
    await disableApp(by, { appId })
    expect((await installing.changed()).sort()).toEqual(['allowlist', 'authorizations'])
    await updateOrganization(by, { organizationId: publisher.id, version: 1, name: 'Another publisher' })
    expect((await installing.changed()).sort()).toEqual(['allowlist', 'authorizations'])

    await transaction((tx) => happen(tx, elsewhere))
    expect(await other.changed()).toEqual(['people', 'audit'])
  })

  it('hears what happened since the page was read, and coming back that anything may have', async () => {
    const organization = await makeOrganization()
    const cookie = await signedIn(organization.owner)
    await (await listenNow(organization, { cookie })).end()
    const read = new Date().toISOString()
    await transaction((tx) => happen(tx, organization))
    const late = await listen(organization, { cookie, query: `?since=${read}` })
    expect(await late.changed()).toEqual(['people', 'audit'])
    const longAgo = await listen(organization, { cookie, query: '?since=2026-01-01T00:00:00Z' })
    expect(await longAgo.changed()).toEqual(ALL_TOPICS)
    const back = await listen(organization, { cookie, headers: { 'Last-Event-ID': read } })
    expect(await back.changed()).toEqual(ALL_TOPICS)
  })

  it('hears that anything may have changed once a lost connection to the database is back, and goes on', async () => {
    const organization = await makeOrganization()
    const { changed } = await listenNow(organization, { cookie: await signedIn(organization.owner) })
    await database().execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'gatehouse changes' and datname = current_database()`)
    expect(await changed()).toEqual(ALL_TOPICS)
    await transaction((tx) => happen(tx, organization))
    expect(await changed()).toEqual(['people', 'audit'])
  })
})

describe('it ends, before the next word,', () => {
  it('with the session [P4]', async () => {
    const organization = await makeOrganization()
    await atHome(organization.owner, organization)
    const cookie = await signedIn(organization.owner)
    const { changed } = await listenNow(organization, { cookie })
    await endSession(cookie, { sessionId: cookie.sessionId })
    expect(await changed()).toEqual(['it ended'])
  })

  it('with the right to see any of it [P4]', async () => {
    const organization = await makeOrganization()
    const administrator = await makeMember(organization, 'administrator')
    const { changed } = await listenNow(organization, { cookie: await signedIn(administrator) })
    const place = { userId: administrator.id, organizationId: organization.id }
    await changeRole(as(organization.owner), { ...place, role: 'member' })
    expect(await changed()).toEqual(['it ended'])
  })

  it('within a second also where nothing was told of the right that ended [P4]', async () => {
    const organization = await makeOrganization()
    const administrator = await makeMember(organization, 'administrator')
    const { changed } = await listenNow(organization, { cookie: await signedIn(administrator) })
    await database()
      .update(memberships)
      .set({ role: 'member' })
      .where(eq(memberships.userId, administrator.id))
    let heard = 0
    for (; ; heard++) {
      await transaction((tx) => happen(tx, organization))
      if ((await changed()).includes('it ended')) break
    }
    // Pieces are 400 ms apart at least, and an answer is good for 800.
    expect(heard).toBeLessThanOrEqual(2)
  })

  it('with the token [P4]', async () => {
    const organization = await makeOrganization()
    const { app, token } = await makeRobot(organization, ['audit:read'])
    const { changed } = await listenNow(organization, { token })
    await disableApp(as(organization.owner), { appId: app.id })
    expect(await changed()).toEqual(['it ended'])
  })

  it('with the networks that its app may be used from [P122]', async () => {
    const organization = await makeOrganization()
    const { app, token } = await makeRobot(organization, ['audit:read'])
    const { changed } = await listenNow(organization, { token })
    const limit = { mode: 'enforce' as const, networks: ['203.0.113.0/24'], version: 0 }
    await setNetworks(as(organization.owner), {
      rootOrganizationId: organization.id,
      appId: app.id,
      ...limit,
    })
    expect(await changed()).toEqual(['it ended'])
  })
})

describe('nobody', () => {
  it('listens who may see nothing, and whoever is no member is told of no organization', async () => {
    const organization = await makeOrganization()
    const [member, stranger] = [await makeMember(organization), (await makeOrganization()).owner]
    const statuses = [
      await listen(organization, {}),
      await listen(organization, { cookie: await signedIn(member) }),
      await listen(organization, { cookie: await signedIn(stranger) }),
      await listen(organization, { cookie: await signedIn(await makeUser()) }),
    ].map(({ response }) => response.status)
    expect(statuses).toEqual([401, 403, 404, 403])
  })

  it('listens more often than four times in all their browsers together, and whoever left makes room', async () => {
    const organization = await makeOrganization()
    const cookie = await signedIn(organization.owner)
    const elsewhere = await signedIn(organization.owner)
    const first = await listen(organization, { cookie })
    for (let more = 1; more < STREAMS_OF_A_LISTENER_MAX; more++) await listen(organization, { cookie })
    const refused = await listen(organization, { cookie: elsewhere })
    expect(refused.response.status).toBe(422)
    expect(await refused.response.text()).toContain('in 4 places already')
    const colleague = await makeMember(organization, 'administrator')
    expect((await listen(organization, { cookie: await signedIn(colleague) })).response.status).toBe(200)
    await first.end()
    expect((await listen(organization, { cookie: elsewhere })).response.status).toBe(200)
  })

  it('holds a stream open by asking for its head', async () => {
    const organization = await makeOrganization()
    const cookie = await signedIn(organization.owner)
    for (let more = 0; more <= STREAMS_OF_A_LISTENER_MAX; more++)
      expect((await listen(organization, { cookie, method: 'HEAD' })).response.status).toBe(200)
  })

  it('stays signed in by listening alone', async () => {
    const organization = await makeOrganization()
    const cookie = await signedIn(organization.owner)
    const { changed } = await listenNow(organization, { cookie })
    const own = eq(sessions.id, cookie.sessionId)
    await database().update(sessions).set({ lastSeenAt: sql`now() - interval '1 hour'` }).where(own)
    await transaction((tx) => happen(tx, organization))
    await changed()
    const [session] = await database()
      .select({ isUnseen: sql`last_seen_at < now() - interval '50 minutes'` })
      .from(sessions)
      .where(own)
    expect(session).toEqual({ isUnseen: true })
  })
})

it('a process that stops lets everybody go, and whoever comes too late', async () => {
  const organization = await makeOrganization()
  const cookie = await signedIn(organization.owner)
  const { changed } = await listenNow(organization, { cookie })
  letFollowersGo()
  expect(await changed()).toEqual(['it ended'])
  expect(await (await listen(organization, { cookie })).changed()).toEqual(['it ended'])
  await closeDatabase()
})
