import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { organizations } from '#db/schema/organizations'
import { sessions, users } from '#db/schema/users'
import { uuidOf } from '#lib/base/ids'
import { listRoots } from '#lib/domain/organizations/list-roots'
import type { UserActor } from '#lib/domain/permissions/actor'
import { FAILURES_PER_ACCOUNT_MAX } from '#lib/domain/users/count-sign-in'
import { findSession } from '#lib/domain/users/find-session'
import { hashPassword } from '#lib/domain/users/passwords'
import { readBearerToken } from '#lib/gateways/oauth/read-bearer'
import { as } from '#test/actors'
import { askAnypoint } from '#test/anypoint'
import { makeAuthorization } from '#test/authorizations'
import { database } from '#test/database'
import {
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { AUDIENCE, ask, withOwnApi } from '#test/own-api'

withOwnApi()

const PASSWORD = 'quiet river stones'
const logIn = (username: string, password = PASSWORD) =>
  askAnypoint('POST', '/login', { body: { username, password } })

async function allow(organization: MadeOrganization, allowsPasswordTokens = true): Promise<void> {
  await database()
    .update(organizations)
    .set({ allowsPasswordTokens })
    .where(eq(organizations.id, organization.id))
}

/** A person of an organization, who can sign in. */
async function makePerson(
  organization: MadeOrganization,
  role: 'administrator' | 'member' = 'administrator',
): Promise<MadeUser> {
  const person = await makeMember(organization, role)
  await database()
    .update(users)
    .set({ homeOrganizationId: organization.id, passwordHash: await hashPassword(PASSWORD) })
    .where(eq(users.id, person.id))
  return person
}

// Whether anyone allows it is asked of the whole deployment.
beforeEach(() => database().update(organizations).set({ allowsPasswordTokens: false }))

describe('a password', () => {
  it('is traded for nothing, and not even looked at, while no organization allows it', async () => {
    const person = await makePerson(await makeOrganization())
    for (const password of [PASSWORD, 'wrong']) {
      expect(await logIn(person.username, password)).toMatchObject({
        status: 403,
        body: { status: 403, message: expect.stringContaining('connected app') },
      })
    }
  })

  it('is traded for a token of the person’s own where their organization allows it', async () => {
    const root = await makeOrganization()
    await allow(root)
    const person = await makePerson(root)
    const { status, body } = await logIn(person.email)
    expect([status, body]).toEqual([
      200,
      { access_token: expect.stringMatching(/^ghl_[\w-]{43}$/), token_type: 'bearer', redirectUrl: '/' },
    ])
    const token = body.access_token
    const me = await askAnypoint('GET', '/api/users/me', { token })
    expect(me.body).toMatchObject({ id: uuidOf(person.id), username: person.username, email: person.email })
    const own = await ask('GET', '/me', { token })
    expect(own.body).toMatchObject({ kind: 'person', app: null, scopes: null })
    // What no app may do, the person may.
    const environment = { token, body: { name: 'Sandbox', type: 'sandbox' } }
    const path = `/api/organizations/${uuidOf(root.id)}/environments`
    expect((await askAnypoint('POST', path, environment)).status).toBe(201)
    const [event] = await database()
      .select({ details: events.details })
      .from(events)
      .where(and(eq(events.actorUserId, person.id), eq(events.name, 'session.started')))
    expect(event?.details).toMatchObject({ by: 'password-token' })
  })

  it('of somebody whose own organization does not allow it is refused, however others have it', async () => {
    await allow(await makeOrganization())
    const person = await makePerson(await makeOrganization())
    expect((await logIn(person.username)).status).toBe(403)
    expect((await logIn(person.username, 'wrong')).status).toBe(401)
  })

  it('is guessed no faster than at the sign-in page', async () => {
    const root = await makeOrganization()
    await allow(root)
    const person = await makePerson(root)
    const tries = await Promise.all(
      Array.from({ length: FAILURES_PER_ACCOUNT_MAX + 5 }, () => logIn(person.username, 'wrong')),
    )
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(FAILURES_PER_ACCOUNT_MAX)
    // The right one has to wait, too.
    expect((await logIn(person.username)).body.message).toContain('Too many attempts')
  })

  it('is asked for as text, by POST', async () => {
    await allow(await makeOrganization())
    expect((await askAnypoint('GET', '/login')).status).toBe(405)
    for (const body of [{}, { username: 1, password: 2 }, { username: 'a\0b', password: 'x' }]) {
      expect((await askAnypoint('POST', '/login', { body })).status).toBe(400)
    }
  })
})

describe('the token it is traded for', () => {
  async function makeToken(role?: 'member') {
    const root = await makeOrganization()
    await allow(root)
    const person = await makePerson(root, role)
    const { body } = await logIn(person.username)
    const status = async () =>
      (await askAnypoint('GET', '/api/users/me', { token: body.access_token })).status
    return { root, person, token: body.access_token as string, status }
  }

  it('may do what the person may, and no more', async () => {
    const { root, token } = await makeToken('member')
    expect((await ask('GET', `/organizations/${root.id}`, { token })).status).toBe(200)
    expect((await ask('GET', `/organizations/${root.id}/connected-apps`, { token })).status).toBe(403)
  })

  it('is good for nothing from the request on after the home organization switched it off', async () => {
    const { root, token, status } = await makeToken()
    const apps = () => ask('GET', `/organizations/${root.id}/connected-apps`, { token })
    expect([await status(), (await apps()).status]).toEqual([200, 200])
    await allow(root, false)
    expect([await status(), (await apps()).status]).toEqual([401, 401])
    await allow(root)
    expect(await status()).toBe(200)
  })

  it('stands only in root organizations that allow it, and reads like a stranger’s in any other', async () => {
    const { person, token } = await makeToken()
    const other = await makeOrganization()
    await makeMembership(other, person.id, 'administrator')
    const app = await makeApp({ organization: other })
    await makeAuthorization(person, app, other)
    const paths = [
      `/organizations/${other.id}`,
      `/organizations/${other.id}/connected-apps`,
      `/organizations/${other.id}/business-groups`,
      `/organizations/${other.id}/events`,
      `/connected-apps/${app.id}`,
    ]
    const statuses = async (caller: { token: string } | { cookie: UserActor }) =>
      Promise.all(paths.map(async (path) => (await ask('GET', path, caller)).status))
    const stranger = (await makeOrganization()).owner
    expect(await statuses({ token })).toEqual(await statuses({ cookie: as(stranger) }))
    expect(await statuses({ cookie: as(person) })).toEqual(paths.map(() => 200))
    const rotate = () => ask('POST', `/connected-apps/${app.id}/secrets`, { token, body: {} })
    expect((await rotate()).status).toBe(404)
    const names = async () =>
      (await ask('GET', '/organizations', { token })).body.data.map(({ name }: { name: string }) => name)
    expect(await names()).not.toContain(other.name)
    expect((await ask('GET', '/my-authorizations', { token })).body.data).toEqual([])
    await allow(other)
    expect(await statuses({ token })).toEqual(paths.map(() => 200))
    expect((await rotate()).status).toBe(201)
    expect(await names()).toContain(other.name)
    expect((await ask('GET', '/my-authorizations', { token })).body.data).toHaveLength(1)
    await allow(other, false)
    expect((await rotate()).status).toBe(404)
  })

  it('removes no yes of the person’s own where it is not allowed', async () => {
    const { person, token } = await makeToken()
    const other = await makeOrganization()
    await makeMembership(other, person.id, 'member')
    const yes = await makeAuthorization(person, await makeApp({ organization: other }), other)
    const remove = () => ask('DELETE', `/authorizations/${yes}`, { token })
    expect((await remove()).status).toBe(404)
    await allow(other)
    expect((await remove()).status).toBe(200)
  })

  it('holds no operator’s office', async () => {
    const { person, token } = await makeToken()
    await database().update(users).set({ operatorSince: new Date() }).where(eq(users.id, person.id))
    const actor = await readBearerToken(token, { audience: AUDIENCE })
    if (actor?.kind !== 'user') throw new Error('It speaks for a person.')
    await expect(listRoots(actor, {})).rejects.toMatchObject({ code: 'forbidden' })
    expect(await listRoots(as(person), {})).toBeTruthy()
  })

  it('ends with its hour, its session, the account, and the person’s place', async () => {
    const ends = [
      (id: MadeUser['id']) =>
        database().update(sessions).set({ expiresAt: sql`now()` }).where(eq(sessions.userId, id)),
      (id: MadeUser['id']) =>
        database()
          .update(sessions)
          .set({ endedAt: sql`now()`, endedReason: 'password-changed' })
          .where(eq(sessions.userId, id)),
      (id: MadeUser['id']) =>
        database().update(users).set({ deactivatedAt: sql`now()` }).where(eq(users.id, id)),
    ]
    for (const end of ends) {
      const { person, status } = await makeToken()
      expect(await status()).toBe(200)
      await end(person.id)
      expect(await status()).toBe(401)
    }
    const [session] = await database()
      .select({
        minutes: sql<number>`extract(epoch from ${sessions.expiresAt} - ${sessions.createdAt}) / 60`,
      })
      .from(sessions)
      .where(eq(sessions.userId, (await makeToken()).person.id))
    expect(Math.round(Number(session?.minutes))).toBe(60)
  })

  it('lies in the database as a hash alone, and its session is no browser’s', async () => {
    const { person, token } = await makeToken()
    const [session] = await database()
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, person.id), isNotNull(sessions.tokenHash)))
    expect(JSON.stringify(session)).not.toContain(token)
    expect(await findSession(session?.id ?? '')).toBeNull()
  })
})
