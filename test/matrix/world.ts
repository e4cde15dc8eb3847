import { eq } from 'drizzle-orm'
import { database } from '#db/client'
import { requestReviewers } from '#db/schema/allowlist'
import { authorizations } from '#db/schema/authorizations'
import { organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import type { Id } from '#lib/base/ids'
import { authorizeApp } from '#lib/domain/authorizations/authorize-app'
import { startTokenFamily } from '#lib/domain/authorizations/token-families'
import { syncBuiltInScopes } from '#lib/domain/connected-apps/sync-built-in-scopes'
import { PERMISSIONS } from '#lib/domain/permissions/catalogue'
import { startSession } from '#lib/domain/users/start-session'
import { as } from '#test/actors'
import { makeAuthorization, makeTokenFamily } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { PEOPLE, type Person, type PersonName, type PlaceName } from './callers.ts'

/**
 * The world in which every call is made:
 *
 *     North                      Elsewhere
 *     ├─ Sales: app, machine
 *     │  └─ Field
 *     └─ Support
 */
export type World = {
  places: Record<PlaceName, MadeOrganization>
  north: MadeOrganization
  sales: MadeOrganization
  people: Record<PersonName, MadeUser>
  sessions: Record<PersonName, Id<'session'>>
  /** Acts for people, in Sales; its owner develops there. */
  app: MadeApp
  /** Acts for itself, in Sales; of the same owner. */
  machine: MadeApp
  /** Of the other root organization, open to everyone: what North's people may authorize, list, block. */
  foreignApp: MadeApp
  /** Through which people call. */
  helper: MadeApp
  /** Each person's yes to it, in North and elsewhere. */
  yeses: Map<string, Id<'authorization'>>
  /** The app that calls with a token of its own. */
  robot: MadeApp
  /** Develops in Sales, at home in North: whose role, place and account are changed. */
  colleague: MadeUser
  /** At home in North, no place in Sales. */
  newcomer: MadeUser
  /** What the member said yes to: `app`, with a token family. */
  authorizationId: Id<'authorization'>
  familyId: Id<'tokenFamily'>
}

const SCOPES = [...new Set(Object.values(PERMISSIONS).flatMap(({ scope }) => scope ?? []))]

export async function makeWorld(): Promise<World> {
  setEnvironment(readEnvironment({ PUBLIC_URL: 'http://localhost:3000' }))
  await syncBuiltInScopes('http://localhost:3000')
  const north = await makeOrganization()
  const elsewhere = await makeOrganization()
  const sales = await makeBusinessGroup(north)
  const field = await makeBusinessGroup(sales)
  const support = await makeBusinessGroup(north)
  const places = { north, sales, field, support, elsewhere }
  const people = await makePeople(places)
  const ownerId = people['developer who owns the apps'].id
  const app = await makeApp({ organization: sales, ownerId })
  const machine = await makeApp({ organization: sales, ownerId, actsAs: 'itself', scopes: ['profile'] })
  const foreignApp = await makeApp({ organization: elsewhere, audience: 'everyone' })
  const helper = await makeApp({ organization: north, audience: 'everyone', scopes: SCOPES })
  const robot = await makeApp({ organization: north, actsAs: 'itself', scopes: [...SCOPES, 'profile'] })
  const colleague = await makeColleague(sales, north, 'developer')
  const newcomer = await makeColleague(north, north, 'member')
  const authorizationId = await makeAuthorization(people.member, app, north)
  const familyId = await makeTokenFamily(authorizationId, app)
  await makeAuthorization(people.member, foreignApp, north)
  const yeses = new Map<string, Id<'authorization'>>()
  const sessions = {} as World['sessions']
  for (const [name, person] of Object.entries(people) as [PersonName, MadeUser][]) {
    sessions[name] = (await startSession({}, { userId: person.id, authenticationMethods: ['pwd'] })).sessionId
    for (const place of ['north', 'elsewhere'] as const) {
      if (!(place in PEOPLE[name].roles)) continue
      const wish = { appId: helper.id, rootOrganizationId: places[place].id, scopes: SCOPES }
      yeses.set(`${name} ${place}`, (await authorizeApp(as(person), wish)).authorizationId)
    }
  }
  await database()
    .update(users)
    .set({ deactivatedAt: new Date() })
    .where(eq(users.id, people['deactivated administrator'].id))
  return {
    places,
    north,
    sales,
    people,
    sessions,
    app,
    machine,
    foreignApp,
    helper,
    yeses,
    robot,
    colleague,
    newcomer,
    authorizationId,
    familyId,
  }
}

async function makePeople(places: World['places']): Promise<World['people']> {
  const people = {} as World['people']
  for (const name of Object.keys(PEOPLE) as PersonName[]) {
    const { roles, isOperator }: Person = PEOPLE[name]
    const person = await makeUser({ fullName: `The ${name}`, isOperator: isOperator ?? false })
    // From the lowest place up: one in a business group brings one in its root.
    for (const place of ['field', 'sales', 'support', 'north', 'elsewhere'] as const) {
      const role = roles[place]
      if (role) await makeMembership(places[place], person.id, role)
    }
    people[name] = person
  }
  await database()
    .insert(requestReviewers)
    .values({ rootOrganizationId: places.north.id, userId: people.reviewer.id })
  await database()
    .update(organizations)
    .set({ ownerId: people['root owner'].id })
    .where(eq(organizations.id, places.north.id))
  return people
}

async function makeColleague(
  place: MadeOrganization,
  home: MadeOrganization,
  role: 'developer' | 'member',
): Promise<MadeUser> {
  const person = await makeMember(place, role)
  await database().update(users).set({ homeOrganizationId: home.id }).where(eq(users.id, person.id))
  return person
}

/** A token family of the robot itself, as if somebody had let it act for them once. */
export async function familyOfRobot(w: World): Promise<Id<'tokenFamily'>> {
  await database()
    .update(authorizations)
    .set({ appId: w.robot.id })
    .where(eq(authorizations.id, w.authorizationId))
  return startTokenFamily(database(), { authorizationId: w.authorizationId, scopes: ['openid'] })
}
