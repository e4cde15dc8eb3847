import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { allowlistEntries } from '#db/schema/allowlist'
import { liveAuthorizations } from '#db/schema/authorizations'
import { type Id, uuidOf } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { as } from '#test/actors'
import { makeAuthorization } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { rounds } from '#test/rounds'
import { addEntry } from '../allowlist/add-entry.ts'
import { deleteApp } from '../connected-apps/delete-app.ts'
import { deleteUser } from '../offboarding/delete-user.ts'
import { removeMember } from '../offboarding/remove-member.ts'
import { settleHome } from '../users/settle-home.ts'
import { addUpTallies } from './add-up-tallies.ts'
import { removeAuthorization } from './remove-authorization.ts'
import { removeForEveryone } from './remove-for-everyone.ts'

const SCOPES = ['email', 'openid', 'profile']
const PEOPLE = 3
const APPS = 2

type Counted = { app: string; scopes: string[]; people: number }[]

/** What the tallies say, and what there is. */
async function bothCounts(
  root: MadeOrganization,
): Promise<{ tallied: Counted; people: { app: string; people: number }[]; counted: Counted }> {
  const id = sql`${uuidOf(root.id)}::uuid`
  const tallied = await database().execute<Counted[number]>(sql`
    select app_id as app, scopes, people from live_scope_sets where root_organization_id = ${id} order by app_id, scopes`)
  const counted = await database().execute<Counted[number]>(sql`
    select app_id as app, scopes, count(*)::int as people from live_authorizations
    where root_organization_id = ${id} group by app_id, scopes order by app_id, scopes`)
  const people = await database().execute<{ app: string; people: number }>(sql`
    select app_id as app, people from live_people where root_organization_id = ${id} order by app_id`)
  return { tallied: [...tallied], people: [...people], counted: [...counted] }
}

async function expectRightTallies(root: MadeOrganization): Promise<Counted> {
  const { tallied, people, counted } = await bothCounts(root)
  expect(tallied).toEqual(counted)
  const ofApps = Map.groupBy(counted, (row) => row.app)
  expect(people).toEqual(
    [...ofApps].map(([app, rows]) => ({ app, people: rows.reduce((sum, row) => sum + row.people, 0) })),
  )
  return tallied
}

/** What is refused simply did not happen. */
async function attempt(work: Promise<unknown>): Promise<void> {
  await work.catch((thrown: unknown) => {
    if (!isRefusal(thrown)) throw thrown
  })
}

type Step =
  | { kind: 'authorize'; person: number; app: number; scopes: string[] }
  | { kind: 'leave' | 'come-back' | 'delete' | 'remove-own'; person: number }
  | { kind: 'remove-for-everyone'; app: number }
  | { kind: 'add-up' }

const person = fc.nat(PEOPLE - 1)
const app = fc.nat(APPS - 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('authorize' as const),
      person,
      app,
      scopes: fc.subarray(SCOPES),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('leave' as const, 'come-back' as const, 'remove-own' as const),
      person,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-for-everyone' as const), app }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add-up' as const) }) },
)

describe('the tallies of authorizations', () => {
  let root: MadeOrganization
  let apps: MadeApp[]
  let people: MadeUser[]

  beforeEach(makeWorld)

  async function makeWorld() {
    root = await makeOrganization()
    const shape = { organization: root, scopes: SCOPES }
    apps = [await makeApp(shape), await makeApp(shape)]
    people = []
    while (people.length < PEOPLE) people.push(await makeResident())
  }

  /** Whose account the root organization may delete. */
  async function makeResident(): Promise<MadeUser> {
    const person = await makeMember(root)
    await database().transaction((tx) => settleHome(tx, person.id, root.id))
    return person
  }

  async function happen(now: Step): Promise<unknown> {
    const owner = as(root.owner)
    if (now.kind === 'add-up') return addUpTallies()
    if (now.kind === 'remove-for-everyone') {
      const appId = (apps[now.app] as MadeApp).id
      return removeForEveryone(owner, { rootOrganizationId: root.id, appId })
    }
    const whose = people[now.person] as MadeUser
    if (now.kind === 'authorize')
      return makeAuthorization(whose, apps[now.app] as MadeApp, root, [...now.scopes])
    if (now.kind === 'leave') return removeMember(owner, { organizationId: root.id, userId: whose.id })
    if (now.kind === 'come-back') return makeMembership(root, whose.id, 'member')
    if (now.kind === 'delete') return deleteUser(owner, { userId: whose.id, confirmation: whose.username })
    for (const id of await yesesOf(whose)) await removeAuthorization(as(whose), { authorizationId: id })
  }

  async function yesesOf(whose: MadeUser): Promise<Id<'authorization'>[]> {
    const rows = await database()
      .select({ id: liveAuthorizations.id })
      .from(liveAuthorizations)
      .where(eq(liveAuthorizations.userId, whose.id))
    return rows.map((row) => row.id)
  }

  it('are the numbers of live authorizations after any history, whatever happened at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        async (history) => {
          await makeWorld()
          for (const atOnce of history) {
            await Promise.all(atOnce.map((now) => attempt(happen(now))))
            await expectRightTallies(root)
          }
        },
      ),
      { numRuns: rounds(20) },
    )
  })

  it('count nobody who said yes in the moment of leaving', async () => {
    for (let round = 0; round < rounds(10); round++) {
      const leaving = await makeMember(root)
      await Promise.all([
        attempt(makeAuthorization(leaving, apps[0] as MadeApp, root, ['openid'])),
        attempt(removeMember(as(root.owner), { organizationId: root.id, userId: leaving.id })),
        addUpTallies(),
      ])
      expect(await expectRightTallies(root)).toEqual([])
    }
  })

  it('follow a wider yes from one scope set to the next', async () => {
    const [one, other] = people as [MadeUser, MadeUser]
    for (const whose of [one, other]) await makeAuthorization(whose, apps[0] as MadeApp, root, ['openid'])
    await makeAuthorization(other, apps[0] as MadeApp, root, ['email'])
    expect(await expectRightTallies(root)).toMatchObject([
      { scopes: ['email', 'openid'], people: 1 },
      { scopes: ['openid'], people: 1 },
    ])
  })

  it('do not count an app that was deleted', async () => {
    const [{ id: appId, name }] = apps as [MadeApp, MadeApp]
    await makeAuthorization(people[0] as MadeUser, apps[0] as MadeApp, root, ['openid'])
    await deleteApp(as(root.owner), { appId, name })
    expect(await expectRightTallies(root)).toEqual([])
  })

  it('give way to the yeses themselves once an entry’s end has come: nothing is written then', async () => {
    const { id: appId, clientId } = apps[0] as MadeApp
    const [one, other] = people as [MadeUser, MadeUser]
    await makeAuthorization(one, apps[0] as MadeApp, root, ['openid'])
    await addEntry(as(root.owner), { rootOrganizationId: root.id, clientId, scopes: ['openid'] })
    await database()
      .update(allowlistEntries)
      .set({ endsAt: sql`now() - interval '1 second'`, endSetAt: sql`now()` })
      .where(eq(allowlistEntries.appId, appId))
    expect(await expectRightTallies(root)).toEqual([])
    await makeAuthorization(other, apps[0] as MadeApp, root, ['openid'])
    expect(await expectRightTallies(root)).toMatchObject([{ scopes: ['openid'], people: 1 }])
  })

  it('are added up to one row a scope set, and those of an epoch that is over are forgotten', async () => {
    const appId = (apps[0] as MadeApp).id
    const rows = () =>
      database().execute(sql`select people from authorization_tallies t join installations i on i.id = t.installation_id
        where i.app_id = ${uuidOf(appId)}::uuid`)
    for (const whose of people) await makeAuthorization(whose, apps[0] as MadeApp, root, ['openid'])
    expect(await rows()).toHaveLength(PEOPLE)
    await addUpTallies()
    expect([...(await rows())]).toEqual([{ people: PEOPLE }])

    await removeForEveryone(as(root.owner), { rootOrganizationId: root.id, appId })
    await addUpTallies()
    expect(await rows()).toHaveLength(0)
  })
})
