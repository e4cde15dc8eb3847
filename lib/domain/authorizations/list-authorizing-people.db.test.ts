import { and, eq, isNull, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { authorizations } from '#db/schema/authorizations'
import { type Cursor, writeCursor } from '#lib/base/cursor'
import { uuidOf } from '#lib/base/ids'
import { as } from '#test/actors'
import { makeAuthorization, makeManyMore } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { syncBuiltInScopes } from '../connected-apps/sync-built-in-scopes.ts'
import { listAuthorizingPeople } from './list-authorizing-people.ts'

let here: MadeOrganization
let app: MadeApp
let other: MadeApp
let ada: MadeUser
let ben: MadeUser

beforeEach(async () => {
  await syncBuiltInScopes('http://localhost:3000')
  here = await makeOrganization()
  app = await makeApp({ organization: await makeOrganization(), audience: 'everyone' })
  other = await makeApp({ organization: here, scopes: ['openid', 'profile', 'offline_access'] })
  ada = await makeMember(here, 'member', { fullName: 'Ada Moss' })
  ben = await makeMember(here, 'member', { fullName: 'Ben Ash' })
})

const list = (wanted: object = {}) =>
  listAuthorizingPeople(as(here.owner), { rootOrganizationId: here.id, ...wanted })

/** Pages one after the other, so many at most. */
async function listPages(wanted: object, most: number, from?: Cursor) {
  const ids: string[] = []
  let cursor = from
  for (let page = 0; page < most && cursor !== null; page += 1) {
    const { rows, next } = await list({ ...wanted, cursor })
    ids.push(...rows.map(({ userId }) => userId))
    cursor = next
  }
  return ids
}

describe('the people who authorized apps', () => {
  it('come in one order, by name, by last use or by apps, however many match, and nobody is lost or seen twice', async () => {
    await makeAuthorization(ada, app, here)
    for (const one of [app, other]) await makeAuthorization(ben, one, here)
    await makeManyMore(40, ada, here)
    await makeManyMore(1_010, ben, here)
    await useAtDifferentTimes()
    const there = await readPeople()
    expect(there).toHaveLength(1_052)
    const disused = there.filter(({ isDisused }) => isDisused)
    // More than a thousand are found by looking at some of them; fewer are all looked at.
    expect(disused.length).toBeLessThan(500)
    const idsOf = (people: typeof there) => people.map(({ userId }) => userId)
    for (const sort of ['name', 'last-used', 'apps'] as const) {
      const inOrder = there.toSorted(ORDER[sort])
      expect(await listPages({ sort }, 2), sort).toEqual(idsOf(inOrder.slice(0, 100)))
      const unused = await listPages({ sort, unusedForDays: 90 }, 5)
      expect(unused, `${sort}, unused`).toEqual(idsOf(disused.toSorted(ORDER[sort])))
    }
    expect((await list({ unusedForDays: 90 })).total).toBe(disused.length)
    // From what was used last of all that was used, on to what never was.
    const byUse = there.toSorted(ORDER['last-used'])
    const used = byUse.filter(({ lastUsedAt }) => lastUsedAt > 0)
    expect(byUse.length - used.length).toBeGreaterThan(51)
    const { lastUsedAt = 0, latest = '' } = used.at(-10) ?? {}
    const from = writeCursor([
      `${new Date(lastUsedAt).toISOString().replace('T', ' ').slice(0, 19)}+00`,
      latest,
    ])
    const last = await listPages({ sort: 'last-used' }, 5, from)
    expect(last).toEqual(idsOf(byUse.slice(used.length - 9)))
    expect(await listPages({ appId: app.id, search: 'moss' }, 2)).toEqual([ada.id])
  })

  it('refuse to go on where a list of another order left off', async () => {
    await makeAuthorization(ada, app, here)
    await makeManyMore(50, ada, here)
    const { next: cursor } = await list()
    for (const sort of ['apps', 'last-used'])
      await expect(list({ sort, cursor })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('have the highest risk of what apps may do for them', async () => {
    await makeAuthorization(ada, app, here, ['openid'])
    await makeAuthorization(ben, app, here, ['openid'])
    await makeAuthorization(ben, other, here, ['openid', 'offline_access'])
    expect((await list()).rows).toMatchObject([
      { userId: ada.id, risk: 'low' },
      { userId: ben.id, risk: 'medium' },
    ])
  })
})

const of = () => sql`root_organization_id = ${uuidOf(here.id)}::uuid`

/** Many at the same moment, some never, some not for long. */
async function useAtDifferentTimes(): Promise<void> {
  const someOf = (people: number, order: 'asc' | 'desc') =>
    sql`user_id in (select user_id from authorizations where ${of()}
      order by user_id ${sql.raw(order)} limit ${people})`
  await database().execute(sql`
    update authorizations a set last_used_at = date_trunc('second', now()) - make_interval(hours => (n % 90)::int)
    from (select id, row_number() over (order by id) as n from authorizations where ${of()}) numbered
    where numbered.id = a.id and n % 3 > 0`)
  await database().execute(
    sql`update authorizations set last_used_at = null where ${of()} and ${someOf(120, 'asc')}`,
  )
  await database().execute(sql`
    update authorizations set last_used_at = date_trunc('second', now()) - interval '100 days', created_at = now() - interval '200 days'
    where ${of()} and ${someOf(130, 'desc')}`)
  await database().execute(sql`
    update authorizations set created_at = now() - interval '200 days'
    where ${of()} and last_used_at is null and ${someOf(60, 'asc')}`)
}

type Person = { userId: string; name: string; apps: number; lastUsedAt: number; latest: string }

/** Who is there by a reading of everything: what each list has to come to. */
async function readPeople() {
  const rows = await database()
    .select()
    .from(authorizations)
    .where(and(eq(authorizations.rootOrganizationId, here.id), isNull(authorizations.endedAt)))
  const names = new Map([
    [ada.id, ada.fullName],
    [ben.id, ben.fullName],
  ])
  const isUnused = (days: number) => (yes: (typeof rows)[number]) =>
    Date.now() - (yes.lastUsedAt ?? yes.createdAt).getTime() > days * 86_400_000
  return [...Map.groupBy(rows, ({ userId }) => userId)].map(([userId, yeses]) => {
    const places = yeses.map(({ id, lastUsedAt }) => ({ at: lastUsedAt?.getTime() ?? 0, id: uuidOf(id) }))
    const [latest] = places.toSorted((a, b) => b.at - a.at || compare(b.id, a.id))
    return {
      userId,
      // Whoever was made in one go has one name for all.
      name: names.get(userId) ?? 'One of many',
      apps: yeses.length,
      lastUsedAt: latest?.at ?? 0,
      latest: latest?.id ?? '',
      isDisused: yeses.some(isUnused(90)),
    }
  })
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const uuid = ({ userId }: Person) => uuidOf(userId as MadeUser['id'])
const ORDER: Readonly<Record<string, (a: Person, b: Person) => number>> = {
  name: (a, b) => compare(a.name, b.name) || compare(uuid(a), uuid(b)),
  'last-used': (a, b) => b.lastUsedAt - a.lastUsedAt || compare(b.latest, a.latest),
  apps: (a, b) => b.apps - a.apps || compare(uuid(b), uuid(a)),
}
