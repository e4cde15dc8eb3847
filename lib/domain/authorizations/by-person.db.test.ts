import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { events } from '#db/schema/audit'
import { authorizations } from '#db/schema/authorizations'
import { type Cursor, writeCursor } from '#lib/base/cursor'
import { newId, uuidOf } from '#lib/base/ids'
import { as } from '#test/actors'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import {
  type MadeApp,
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { syncBuiltInScopes } from '../connected-apps/sync-built-in-scopes.ts'
import { countRemoval } from '../installations/count-removal.ts'
import { getRemoval } from '../installations/get-removal.ts'
import { listAuthorizationsOfPerson } from './list-authorizations-of-person.ts'
import { listAuthorizingPeople } from './list-authorizing-people.ts'
import { previewPersonRemoval } from './preview-person-removal.ts'
import { removeAllOfPerson } from './remove-all-of-person.ts'

let here: MadeOrganization
let elsewhere: MadeOrganization
let app: MadeApp
let other: MadeApp
let ada: MadeUser
let ben: MadeUser

beforeEach(async () => {
  await syncBuiltInScopes('http://localhost:3000')
  here = await makeOrganization()
  elsewhere = await makeOrganization()
  app = await makeApp({ organization: elsewhere, audience: 'everyone' })
  other = await makeApp({ organization: here, scopes: ['openid', 'profile', 'offline_access'] })
  ada = await makeMember(here, 'member', { fullName: 'Ada Moss' })
  ben = await makeMember(here, 'member', { fullName: 'Ben Ash' })
})

const root = () => ({ rootOrganizationId: here.id })
const of = (user: MadeUser) => ({ ...root(), userId: user.id })
const people = async (more: object = {}) =>
  (await listAuthorizingPeople(as(here.owner), { ...root(), ...more })).rows.map((row) => row.name)

describe('listAuthorizingPeople', () => {
  it('has whoever lets an app act for them here, by name, and nobody else', async () => {
    for (const one of [app, other]) await makeAuthorization(ben, one, here)
    await makeAuthorization(ada, app, here)
    await makeMember(here)
    await makeAuthorization(elsewhere.owner, app, elsewhere)
    const { rows, total } = await listAuthorizingPeople(as(here.owner), root())
    expect(total).toBe(2)
    expect(rows).toMatchObject([
      { name: 'Ada Moss', apps: 1, userId: ada.id, lastUsedAt: null, isDeactivated: false },
      { name: 'Ben Ash', apps: 2 },
    ])
  })

  it('finds them by name, by an app, and by what they do not use', async () => {
    const old = await makeAuthorization(ben, other, here)
    await makeAuthorization(ben, app, here)
    await makeAuthorization(ada, app, here)
    await database()
      .update(authorizations)
      .set({ createdAt: sql`now() - interval '200 days'` })
      .where(eq(authorizations.id, old))
    expect(await people({ search: 'moss' })).toEqual(['Ada Moss'])
    expect(await people({ search: ben.email })).toEqual(['Ben Ash'])
    expect(await people({ appId: other.id })).toEqual(['Ben Ash'])
    expect(await people({ unusedForDays: 90 })).toEqual(['Ben Ash'])
    expect(await people({ unusedForDays: 90, appId: app.id })).toEqual([])
  })

  it('pages by name without losing or repeating anybody', async () => {
    for (let at = 0; at < 51; at += 1)
      await makeAuthorization(await makeMember(here, 'member', { fullName: `P ${at % 7}` }), app, here)
    const first = await listAuthorizingPeople(as(here.owner), root())
    const second = await listAuthorizingPeople(as(here.owner), { ...root(), cursor: first.next })
    expect([first.rows.length, second.rows.length, first.total]).toEqual([50, 1, 51])
    expect(new Set([...first.rows, ...second.rows].map((row) => row.userId)).size).toBe(51)
  })
})

describe('listAuthorizationsOfPerson', () => {
  it('says what each app can do for them, in words, and since when', async () => {
    await makeTokenFamily(await makeAuthorization(ada, other, here, ['openid', 'offline_access']), other)
    await makeAuthorization(ben, app, here)
    const { person, rows } = await listAuthorizationsOfPerson(as(here.owner), of(ada))
    expect(person).toMatchObject({ id: ada.id, name: 'Ada Moss' })
    expect(rows).toMatchObject([
      {
        app: { id: other.id, isInternal: true },
        families: 1,
        risk: 'medium',
        authorizedAt: expect.any(Date),
      },
    ])
    expect(rows[0]?.scopes.map((scope) => scope.name)).toEqual(['offline_access', 'openid'])
    expect((await listAuthorizationsOfPerson(as(here.owner), of(here.owner))).rows).toEqual([])
  })

  it('goes on from any row, used or never used', async () => {
    const moments = ['2026-01-02 00:00:00+00', '2026-01-01 00:00:00.000007+00', null, null]
    for (const lastUsedAt of moments) {
      const yes = await makeAuthorization(ada, await makeApp({ organization: here }), here)
      await database()
        .update(authorizations)
        .set({ lastUsedAt: sql`${lastUsedAt}::timestamptz` })
        .where(eq(authorizations.id, yes))
    }
    const read = async (cursor?: Cursor) => {
      const { rows } = await listAuthorizationsOfPerson(as(here.owner), { ...of(ada), cursor })
      return rows.map(({ authorizationId }) => authorizationId)
    }
    const all = await read()
    expect(all).toHaveLength(moments.length)
    for (const [at, moment] of moments.entries()) {
      const cursor = writeCursor([moment, uuidOf(all[at] ?? newId('authorization'))])
      expect(await read(cursor)).toEqual(all.slice(at + 1))
    }
  })

  it('finds nobody without a place here, and is refused to whoever may not see authorizations', async () => {
    const stranger = elsewhere.owner
    await expect(listAuthorizationsOfPerson(as(here.owner), of(stranger))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(listAuthorizationsOfPerson(as(ada), of(ada))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(listAuthorizingPeople(as(ada), root())).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('removeAllOfPerson', () => {
  it('ends all that one person authorized, and nobody else’s, with one event and one receipt [P46] [P47]', async () => {
    for (const one of [app, other]) await makeTokenFamily(await makeAuthorization(ada, one, here), one)
    await makeTokenFamily(await makeAuthorization(ben, app, here), app)
    const preview = await previewPersonRemoval(as(here.owner), of(ada))
    expect(preview).toMatchObject({ apps: 2, families: 2, tokens: 4, jwtsUntil: null })

    const receipt = await removeAllOfPerson(as(here.owner), {
      ...of(ada),
      expectedFingerprint: preview.fingerprint,
    })

    expect(receipt).toMatchObject({ apps: 2, families: 2, tokens: 4, people: 1, isExact: true })
    expect(await countLive(app, here)).toEqual({ people: 1, tokens: 2 })
    expect(await countLive(other, here)).toEqual({ people: 0, tokens: 0 })
    const removalId = receipt.removalId ?? newId('removal')
    await countRemoval({ removalId })
    expect(await getRemoval(as(here.owner), { ...root(), removalId })).toMatchObject({
      kind: 'person',
      person: { id: ada.id, name: 'Ada Moss' },
      apps: 2,
      authorizations: 2,
      tokens: 4,
    })
    const told = await database()
      .select()
      .from(events)
      .where(eq(events.name, 'authorizations.removed-of-person'))
    expect(told.filter((event) => event.rootOrganizationId === here.id)).toMatchObject([
      { subjectId: ada.id, details: { apps: 2, families: 2, tokens: 4, removalId } },
    ])
  })

  it('refuses where something changed since it was counted, and where nothing is left', async () => {
    await makeAuthorization(ada, app, here)
    const { fingerprint } = await previewPersonRemoval(as(here.owner), of(ada))
    await makeAuthorization(ada, other, here)
    const stale = removeAllOfPerson(as(here.owner), { ...of(ada), expectedFingerprint: fingerprint })
    await expect(stale).rejects.toMatchObject({ code: 'conflict' })
    expect(await countLive(app, here)).toMatchObject({ people: 1 })
    await removeAllOfPerson(as(here.owner), of(ada))
    await expect(removeAllOfPerson(as(here.owner), of(ada))).rejects.toMatchObject({ code: 'conflict' })
  })

  it('leaves a yes given at the same moment either counted and dead, or alive', async () => {
    for (let round = 0; round < 5; round += 1) {
      await makeAuthorization(ada, app, here)
      const [receipt] = await Promise.all([
        removeAllOfPerson(as(here.owner), of(ada)),
        makeAuthorization(ada, other, here),
      ])
      const { people: alive } = await countLive(other, here)
      expect(alive + receipt.apps).toBe(2)
      if (alive > 0) await removeAllOfPerson(as(here.owner), of(ada))
    }
  })

  it('is refused to the person themselves, to a stranger, and for somebody without a place here', async () => {
    await makeAuthorization(ada, app, here)
    await expect(removeAllOfPerson(as(ada), of(ada))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(removeAllOfPerson(as(elsewhere.owner), of(ada))).rejects.toMatchObject({ code: 'not-found' })
    await expect(removeAllOfPerson(as(here.owner), of(elsewhere.owner))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(previewPersonRemoval(as(ada), of(ada))).rejects.toMatchObject({ code: 'forbidden' })
  })
})
