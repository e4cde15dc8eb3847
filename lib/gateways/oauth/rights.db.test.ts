import { and, eq, isNull, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { appContexts } from '#db/schema/connected-apps'
import { environments, memberships, organizations } from '#db/schema/organizations'
import { type Id, newId } from '#lib/base/ids'
import { RIGHTS_SHOWN_MAX } from '#lib/domain/authorizations/find-rights'
import { changeRole } from '#lib/domain/offboarding/change-role'
import { removeMember } from '#lib/domain/offboarding/remove-member'
import { addMember } from '#lib/domain/organizations/add-member'
import { as } from '#test/actors'
import {
  ask,
  introspect,
  makeAgreement,
  running,
  tokensOf,
  withAuthorizationServer,
} from '#test/authorization-server'
import {
  type MadeApp,
  type MadeOrganization,
  makeApi,
  makeApp,
  makeBusinessGroup,
  makeMembership,
  makeOrganization,
  type Role,
} from '#test/factories'
import { rounds } from '#test/rounds'

withAuthorizationServer()

/** What introspection says of a token about one organization. */
async function askedFor(asker: MadeApp, token: string, organization: string) {
  return (await ask('/oauth/introspect', { token, organization }, asker)).body
}

/** A root with a group below it, a group below that and one beside; an API with a free scope and ones that need places. */
async function makeScene() {
  const root = await makeOrganization()
  const [finance, care] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
  const payables = await makeBusinessGroup(finance)
  const server = await makeApp({ organization: root, actsAs: 'itself', scopes: [] })
  const [free = '', placed = '', bound = ''] = await makeApi(root, [
    { resourceServerAppId: server.id },
    { needsOrganization: true },
    { needsOrganization: true, needsEnvironment: true },
  ])
  return { root, finance, care, payables, server, free, placed, bound }
}

type Scene = Awaited<ReturnType<typeof makeScene>>

async function makeEnvironment(organization: MadeOrganization): Promise<Id<'environment'>> {
  const id = newId('environment')
  const given = {
    id,
    organizationId: organization.id,
    name: `Sandbox ${id.slice(-6)}`,
    kind: 'sandbox' as const,
  }
  await database().insert(environments).values(given)
  return id
}

async function makeVisit({ root, free, placed, bound }: Scene) {
  const settings = { scopes: ['openid', free, placed, bound] }
  const { app, person } = await makeAgreement({ organization: root, settings })
  const { access_token: token } = await tokensOf(app, person, settings.scopes.join(' '))
  return { app, person, token }
}

describe('the rights of an app acting for a person', () => {
  it('are its scopes in the person’s organizations, with their roles there, inherited downwards [P87]', async () => {
    const scene = await makeScene()
    const { root, finance, payables, server, placed, bound } = scene
    const { person, token } = await makeVisit(scene)
    await makeMembership(finance, person.id, 'administrator')
    const sandbox = await makeEnvironment(payables)
    expect((await introspect(server, token)).organizations).toEqual([
      { id: root.id, roles: ['member'], scopes: [placed] },
      { id: finance.id, roles: ['administrator'], scopes: [placed] },
      {
        id: payables.id,
        roles: ['administrator'],
        scopes: [placed],
        environments: [{ id: sandbox, scopes: [bound] }],
      },
    ])
  })

  it('follow a role that is lost or gained at the very next call [P88]', async () => {
    const scene = await makeScene()
    const { root, care, server, placed } = scene
    const { person, token } = await makeVisit(scene)
    const rolesIn = async (place: MadeOrganization) => {
      const answer = await introspect(server, token)
      const list = answer.organizations as unknown as { id: string; roles: string[] }[]
      return list.find(({ id }) => id === place.id)?.roles
    }
    expect(await rolesIn(care)).toBeUndefined()
    await addMember(as(root.owner), { organizationId: care.id, userId: person.id, role: 'developer' })
    expect(await rolesIn(care)).toEqual(['developer'])
    await changeRole(as(root.owner), { organizationId: care.id, userId: person.id, role: 'member' })
    expect(await rolesIn(care)).toEqual(['member'])
    await removeMember(as(root.owner), { organizationId: care.id, userId: person.id })
    expect(await rolesIn(care)).toBeUndefined()
    expect((await introspect(server, token)).scope).toContain(placed)
  })

  it('end with an organization or environment that ends [P86]', async () => {
    const scene = await makeScene()
    const { care, server, bound } = scene
    const { person, token } = await makeVisit(scene)
    await makeMembership(care, person.id, 'developer')
    const sandbox = await makeEnvironment(care)
    expect((await introspect(server, token)).scope).toContain(bound)
    await database().update(environments).set({ endedAt: new Date() }).where(eq(environments.id, sandbox))
    expect((await introspect(server, token)).scope).not.toContain(bound)
    await database().update(organizations).set({ endedAt: new Date() }).where(eq(organizations.id, care.id))
    expect(JSON.stringify(await introspect(server, token))).not.toContain(care.id)
  })

  it('are told for one organization, if an API asks about one [P85]', async () => {
    const scene = await makeScene()
    const { root, finance, care, server, free, placed } = scene
    const { person, token } = await makeVisit(scene)
    await makeMembership(finance, person.id, 'developer')
    expect(await askedFor(server, token, finance.id)).toMatchObject({
      active: true,
      scope: `${free} ${placed}`,
      organizations: [{ id: finance.id, roles: ['developer'], scopes: [placed] }],
    })
    const elsewhere = await makeOrganization()
    for (const other of [care.id, elsewhere.id, 'nowhere', root.id.slice(0, -1)]) {
      expect(await askedFor(server, token, other)).toMatchObject({ scope: free, organizations: [] })
    }
  })

  it('are cut where a gateway would drown, and never for the organization it asks about', async () => {
    const scene = await makeScene()
    const { root, server, placed } = scene
    const { person, token } = await makeVisit(scene)
    await database()
      .update(memberships)
      .set({ role: 'administrator' })
      .where(eq(memberships.userId, person.id))
    let last = root
    for (let at = 0; at < RIGHTS_SHOWN_MAX; at++) last = await makeBusinessGroup(root)
    const answer = await introspect(server, token)
    expect(answer.organizations).toHaveLength(RIGHTS_SHOWN_MAX)
    expect(answer.organizations_truncated).toBe(true)
    expect(await askedFor(server, token, last.id)).toMatchObject({
      organizations: [{ id: last.id, roles: ['administrator'], scopes: [placed] }],
    })
  })

  it('of our own API are what the person may do there themselves [P87]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const settings = { scopes: ['openid', 'connected-apps:write', 'allowlist:write'] }
    const { app, person } = await makeAgreement({ organization: root, settings })
    const { access_token: token } = await tokensOf(app, person, settings.scopes.join(' '))
    expect(await introspect(app, token)).toMatchObject({ scope: 'openid', organizations: [] })
    await makeMembership(group, person.id, 'administrator')
    expect(await introspect(app, token)).toMatchObject({
      scope: 'openid connected-apps:write',
      organizations: [{ id: group.id, roles: ['administrator'], scopes: ['connected-apps:write'] }],
    })
  })

  it('stand in userinfo, too, and cost nothing where no scope needs an organization', async () => {
    const scene = await makeScene()
    const { root, free, placed } = scene
    const { app, person, token } = await makeVisit(scene)
    const userinfo = async (bearer: string) =>
      (
        await fetch(`${running.origin}/oauth/userinfo`, { headers: { authorization: `Bearer ${bearer}` } })
      ).json()
    expect(await userinfo(token)).toEqual({
      sub: person.id,
      organization_id: root.id,
      organizations: [{ id: root.id, roles: ['member'], scopes: [placed] }],
    })
    const plain = await tokensOf(app, person, `openid ${free}`)
    expect(await userinfo(plain.access_token)).toEqual({ sub: person.id })
    expect(await introspect(scene.server, plain.access_token)).not.toHaveProperty('organizations')
  })
})

describe('the rights of an app acting for itself', () => {
  it('are the places chosen for each scope, without roles; an API none is left for sees an inactive token [P84, P85, P86]', async () => {
    const { root, finance, care, server, placed, bound } = await makeScene()
    const app = await makeApp({ organization: root, actsAs: 'itself', scopes: [placed, bound] })
    const sandbox = await makeEnvironment(finance)
    const contexts = [
      { appId: app.id, scope: placed, organizationId: care.id },
      { appId: app.id, scope: bound, organizationId: finance.id, environmentId: sandbox },
    ]
    await database().insert(appContexts).values(contexts)
    const { body } = await ask('/oauth/token', { grant_type: 'client_credentials' }, app)
    const token = String(body.access_token)
    const found = (await introspect(server, token)).organizations as unknown as { id: string }[]
    expect(found.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual(
      [
        { id: finance.id, scopes: [], environments: [{ id: sandbox, scopes: [bound] }] },
        { id: care.id, scopes: [placed] },
      ].sort((one, other) => (one.id < other.id ? -1 : 1)),
    )
    await database().update(environments).set({ endedAt: new Date() }).where(eq(environments.id, sandbox))
    expect(await introspect(server, token)).toMatchObject({ scope: placed })
    await database().delete(appContexts).where(eq(appContexts.appId, app.id))
    expect(await introspect(server, token)).toEqual({ active: false })
  })
})

/* Any history of roles and places: what introspection says is what a few lines of plain code say. */

const PLACES = ['root', 'finance', 'payables', 'care'] as const
type Place = (typeof PLACES)[number]
type Step =
  | { kind: 'role'; place: Place; role: Role | null }
  | { kind: 'context'; place: Place; isOn: boolean }
  | { kind: 'end'; place: Exclude<Place, 'root'>; isOn: boolean }

const place = fc.constantFrom(...PLACES)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('role' as const),
      place,
      role: fc.constantFrom<(Role | null)[]>('administrator', 'developer', 'member', null),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('context' as const), place, isOn: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      place: fc.constantFrom('finance' as const, 'payables' as const, 'care' as const),
      isOn: fc.boolean(),
    }),
  },
)
const ABOVE: Record<Place, readonly Place[]> = {
  root: [],
  finance: ['root'],
  payables: ['finance', 'root'],
  care: ['root'],
}

describe('any history of roles and places', () => {
  it('gives at each moment what a simple model gives [P85–P88]', async () => {
    const scene = await makeScene()
    const visit = await makeVisit(scene)
    const robot = await makeApp({ organization: scene.root, actsAs: 'itself', scopes: [scene.placed] })
    const made = await ask('/oauth/token', { grant_type: 'client_credentials' }, robot)
    const robotToken = String(made.body.access_token)

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const roles = new Map<Place, Role>([['root', 'member']])
        const contexts = new Set<Place>()
        const ended = new Set<Place>()
        await settle(scene, visit.person.id, robot, { roles, contexts, ended })
        for (const one of steps) {
          if (one.kind === 'role' && one.role) roles.set(one.place, one.role)
          // Without a place in the root nobody has one below, and their token has ended: that is shown elsewhere.
          if (one.kind === 'role' && !one.role && one.place !== 'root') roles.delete(one.place)
          if (one.kind === 'context') contexts[one.isOn ? 'add' : 'delete'](one.place)
          if (one.kind === 'end') ended[one.isOn ? 'add' : 'delete'](one.place)
          await settle(scene, visit.person.id, robot, { roles, contexts, ended })

          const person = (await introspect(scene.server, visit.token)).organizations
          expect(byId(person)).toEqual(byId(modelOf(scene, roles, ended)))
          const itself = (await introspect(scene.server, robotToken)).organizations ?? []
          const places = [...contexts].filter((name) => !ended.has(name))
          expect(byId(itself)).toEqual(
            byId(places.map((name) => ({ id: scene[name].id, scopes: [scene.placed] }))),
          )
        }
      }),
      { numRuns: rounds(12) },
    )
  })
})

/** A plain place counts where it is, any other role there and below; nothing counts in what has ended. */
function modelOf(scene: Scene, roles: ReadonlyMap<Place, Role>, ended: ReadonlySet<Place>) {
  return PLACES.filter((name) => !ended.has(name)).flatMap((name) => {
    const inherited = ABOVE[name]
      .flatMap((above) => roles.get(above) ?? [])
      .filter((role) => role !== 'member')
    const held = [...new Set([...inherited, ...(roles.has(name) ? [roles.get(name)] : [])])].sort()
    return held.length > 0 ? [{ id: scene[name].id, roles: held, scopes: [scene.placed] }] : []
  })
}

const byId = (rows: unknown) =>
  (rows as { id: string }[]).toSorted((one, other) => (one.id < other.id ? -1 : 1))

type World = { roles: ReadonlyMap<Place, Role>; contexts: ReadonlySet<Place>; ended: ReadonlySet<Place> }

/** Writes the world as it is to be at this moment. The person's place in the root stays the same one. */
async function settle(scene: Scene, userId: Id<'user'>, robot: MadeApp, { roles, contexts, ended }: World) {
  const db = database()
  for (const name of PLACES) {
    const { id: organizationId } = scene[name]
    const role = roles.get(name)
    const mine = and(
      eq(memberships.userId, userId),
      eq(memberships.organizationId, organizationId),
      isNull(memberships.endedAt),
    )
    if (!role) await db.update(memberships).set({ endedAt: sql`now()` }).where(mine)
    else {
      const changed = await db.update(memberships).set({ role }).where(mine).returning({ id: memberships.id })
      if (changed.length === 0) await makeMembership(scene[name], userId, role)
    }
    const endedAt = ended.has(name) ? new Date() : null
    await db.update(organizations).set({ endedAt }).where(eq(organizations.id, organizationId))
  }
  await db.delete(appContexts).where(eq(appContexts.appId, robot.id))
  const rows = [...contexts].map((name) => ({
    appId: robot.id,
    scope: scene.placed,
    organizationId: scene[name].id,
  }))
  if (rows.length > 0) await db.insert(appContexts).values(rows)
}
