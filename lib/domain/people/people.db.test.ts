import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { memberships } from '#db/schema/organizations'
import { sessions, users } from '#db/schema/users'
import { type Id, newId, uuidOf } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { makeAuthorization } from '#test/authorizations'
import { database, tokenSql } from '#test/database'
import {
  type MadeOrganization,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { startSession } from '../users/start-session.ts'
import { addToGroup } from './add-to-group.ts'
import { countPeople } from './count-people.ts'
import { createGroup } from './create-group.ts'
import { getPerson } from './get-person.ts'
import { listPeople } from './list-people.ts'

const ABSENT = { code: 'not-found', sentence: 'There is no such person here.' }

async function settle(userId: Id<'user'>, home: MadeOrganization) {
  await database().update(users).set({ homeOrganizationId: home.id }).where(eq(users.id, userId))
}
/** A tree with people in it: Ada owns all, Faye administers Finance, Liu Logistics. */
async function makeTree() {
  const root = await makeOrganization({ name: 'Northwind' })
  const [finance, logistics] = [
    await makeBusinessGroup(root, { name: 'Finance' }),
    await makeBusinessGroup(root, { name: 'Logistics' }),
  ]
  const payroll = await makeBusinessGroup(finance, { name: 'Payroll' })
  const faye = await makeMember(finance, 'administrator', { fullName: 'Faye' })
  const liu = await makeMember(logistics, 'administrator', { fullName: 'Liu' })
  const dev = await makeMember(root, 'developer', { fullName: 'Dev' })
  const pia = await makeMember(payroll, 'developer', { fullName: 'Pia' })
  const mia = await makeMember(root, 'member', { fullName: 'Mia' })
  for (const person of [root.owner, faye, liu, dev, pia, mia]) await settle(person.id, root)
  return { root, finance, logistics, payroll, faye, liu, dev, pia, mia }
}
const namesIn = async (...asked: Parameters<typeof listPeople>) =>
  (await listPeople(...asked)).people.map(({ fullName }) => fullName)

describe('the list of people', () => {
  it('shows an administrator everybody of the tree with the roles they hold, and what they own', async () => {
    const { root, finance, payroll, pia, dev } = await makeTree()
    await makeApp({ organization: payroll, ownerId: pia.id })
    await makeApp({ organization: finance, ownerId: dev.id })
    const { people } = await listPeople(as(root.owner), { organizationId: root.id })
    expect(people).toHaveLength(6)
    expect(await countPeople(as(root.owner), { organizationId: root.id })).toBe(6)
    const of = (name: string) => people.find(({ fullName }) => fullName === name)
    expect(of('Pia')).toMatchObject({
      username: pia.username,
      email: pia.email,
      state: 'active',
      isOwner: false,
      appsOwned: 1,
      lastSignedInAt: null,
    })
    expect(of('Pia')?.places).toEqual([
      {
        organizationId: payroll.id,
        organizationName: 'Payroll',
        isRoot: false,
        role: 'developer',
        isInherited: false,
      },
      {
        organizationId: root.id,
        organizationName: 'Northwind',
        isRoot: true,
        role: 'member',
        isInherited: false,
      },
    ])
    expect(of(root.owner.fullName)).toMatchObject({ isOwner: true })
  })

  it('tells rights from above apart in a business group, and leaves out who has none there', async () => {
    const { root, finance, faye } = await makeTree()
    const { people } = await listPeople(as(root.owner), { organizationId: finance.id })
    expect(people.map(({ fullName }) => fullName).sort()).toEqual(
      ['Dev', 'Faye', 'Pia', root.owner.fullName].sort(),
    )
    expect(people.find(({ fullName }) => fullName === 'Dev')?.places).toEqual([
      {
        organizationId: root.id,
        organizationName: 'Northwind',
        isRoot: true,
        role: 'developer',
        isInherited: true,
      },
    ])
    expect(people.find(({ fullName }) => fullName === 'Faye')?.places).toEqual([
      {
        organizationId: finance.id,
        organizationName: 'Finance',
        isRoot: false,
        role: 'administrator',
        isInherited: false,
      },
    ])
    expect(await namesIn(as(faye), { organizationId: finance.id })).toEqual(people.map((one) => one.fullName))
  })

  it('shows the administrator of a business group their own branch, from wherever they ask [P3]', async () => {
    const { root, finance, logistics, faye } = await makeTree()
    const own = await namesIn(as(faye), { organizationId: finance.id })
    expect(await namesIn(as(faye), { organizationId: root.id })).toEqual(own)
    expect(own).not.toContain('Liu')
    expect(own).not.toContain('Mia')
    await expect(listPeople(as(faye), { organizationId: logistics.id })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('finds by part of a name, of a username and of an address, sign for sign', async () => {
    const { root, pia } = await makeTree()
    const search = (words: string) => namesIn(as(root.owner), { organizationId: root.id, search: words })
    expect(await search('IA')).toEqual(['Mia', 'Pia'])
    expect(await search(pia.username.slice(2))).toEqual(['Pia'])
    expect(await search(pia.email)).toEqual(['Pia'])
    expect(await search('%')).toEqual([])
    expect(await search("'; drop table users --")).toEqual([])
  })

  it('is narrowed by role, by business group and by state', async () => {
    const { root, finance, pia, mia, dev } = await makeTree()
    const guest = await makeMember(root, 'member', { fullName: 'Gus' })
    await settle(guest.id, await makeOrganization())
    await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, mia.id))
    const narrowed = async (filters: NonNullable<Parameters<typeof listPeople>[1]['filters']>) => {
      const names = await namesIn(as(root.owner), { organizationId: root.id, filters })
      expect(await countPeople(as(root.owner), { organizationId: root.id, filters })).toBe(names.length)
      return names
    }
    expect(await narrowed({ role: 'developer' })).toEqual([dev.fullName, pia.fullName])
    expect(await narrowed({ placeId: finance.id })).toEqual(['Faye', 'Pia'])
    expect(await narrowed({ placeId: finance.id, role: 'developer' })).toEqual(['Pia'])
    expect(await narrowed({ state: 'guest' })).toEqual(['Gus'])
    expect(await narrowed({ state: 'deactivated' })).toEqual(['Mia'])
    expect(await narrowed({ state: 'active' })).not.toContain('Gus')
    expect(await narrowed({ placeId: newId('organization') })).toEqual([])
  })

  it('pages to the end by name, each person once', async () => {
    const root = await makeOrganization()
    const made = Array.from({ length: 60 }, (_, at) => ({
      id: newId('user'),
      username: `paged-${newId('user').slice(-14)}`,
      email: `paged-${newId('user').slice(-14)}@example.com`,
      fullName: `Paged ${String(at % 30).padStart(2, '0')}`,
    }))
    await database().insert(users).values(made)
    await database()
      .insert(memberships)
      .values(
        made.map(({ id }) => ({
          id: newId('membership'),
          userId: id,
          organizationId: root.id,
          rootOrganizationId: root.id,
          role: 'member' as const,
        })),
      )
    const first = await listPeople(as(root.owner), { organizationId: root.id })
    const second = await listPeople(as(root.owner), { organizationId: root.id, cursor: first.next })
    const seen = [...first.people, ...second.people].map(({ id }) => id)
    expect(new Set(seen).size).toBe(61)
    expect([first.people.length, second.next]).toEqual([50, null])
    expect(await countPeople(as(root.owner), { organizationId: root.id })).toBe(61)
    await expect(
      listPeople(as(root.owner), { organizationId: root.id, cursor: 'made-up' }),
    ).rejects.toMatchObject({ code: 'invalid' })
    await expect(
      listPeople(as(root.owner), { organizationId: root.id, search: 'x'.repeat(1_000_000) }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  it('is counted to 10,001, however many there are', async () => {
    const root = await makeOrganization()
    const joins = (people: number) =>
      tokenSql()`
        with made as (
          insert into users (id, username, email, full_name, home_organization_id)
          select id, 'many-' || id, 'many-' || id || '@example.com', 'Many ' || (n % 100), ${uuidOf(root.id)}::uuid
          from (select uuidv7() as id, n from generate_series(1, ${people}::int) n) numbered returning id)
        insert into memberships (id, user_id, organization_id, root_organization_id, role)
        select uuidv7(), id, ${uuidOf(root.id)}::uuid, ${uuidOf(root.id)}::uuid, 'member' from made`
    const count = (search?: string) => countPeople(as(root.owner), { organizationId: root.id, search })
    await joins(9_999)
    expect(await count()).toBe(10_000)
    expect(await count('Many 42')).toBe(100)
    await joins(500)
    expect(await count()).toBe(10_001)
  })

  it('tells when somebody signed in last, but not of a guest [P128]', async () => {
    const { root, mia, pia } = await makeTree()
    await settle(pia.id, await makeOrganization())
    for (const { id } of [mia, pia]) await startSession({}, { userId: id, authenticationMethods: ['pwd'] })
    const { people } = await listPeople(as(root.owner), { organizationId: root.id })
    expect(people.find(({ id }) => id === mia.id)?.lastSignedInAt).toBeInstanceOf(Date)
    expect(people.find(({ id }) => id === pia.id)).toMatchObject({ state: 'guest', lastSignedInAt: null })
  })

  it('is refused to who administers nothing there, and to apps without the scope', async () => {
    const { root, mia, dev, payroll } = await makeTree()
    const app = await makeApp({ organization: root })
    const operator = await makeUser({ isOperator: true })
    for (const actor of [
      as(mia),
      as(dev),
      as(operator),
      asThrough(root.owner, app, ['organizations:read']),
    ]) {
      await expect(listPeople(actor, { organizationId: root.id })).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
    await expect(
      listPeople(asApp(app, ['people:write'], root), { organizationId: root.id }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    const elsewhere = await makeOrganization()
    for (const organizationId of [root.id, newId('organization')]) {
      await expect(listPeople(as(elsewhere.owner), { organizationId })).rejects.toMatchObject({
        code: 'not-found',
        sentence: 'There is no such organization here.',
      })
    }
    expect(await namesIn(asApp(app, ['people:read'], payroll), { organizationId: payroll.id })).toContain(
      'Pia',
    )
  })
})

describe('one person', () => {
  it('is shown with places, apps, authorizations, groups and browsers to an administrator of the root', async () => {
    const { root, finance, payroll, pia } = await makeTree()
    const app = await makeApp({ organization: payroll, ownerId: pia.id, rotationDueSince: new Date() })
    await makeAuthorization(pia, app, root)
    const { groupId } = await createGroup(as(root.owner), { rootOrganizationId: root.id, name: 'Payers' })
    await addToGroup(as(root.owner), { groupId, userIds: [pia.id] })
    await startSession({}, { userId: pia.id, authenticationMethods: ['pwd'] })
    const old = await startSession({}, { userId: pia.id, authenticationMethods: ['pwd'] })
    await database()
      .update(sessions)
      .set({ lastSeenAt: sql`now() - interval '2 days'` })
      .where(eq(sessions.id, old.sessionId))
    const person = await getPerson(as(root.owner), { organizationId: root.id, userId: pia.id })
    expect(person).toMatchObject({
      fullName: 'Pia',
      state: 'active',
      apps: { total: 1, named: [{ id: app.id, name: app.name, isRotationDue: true }] },
      authorizations: 1,
      groups: [{ id: groupId, name: 'Payers' }],
      sessions: 1,
      mayBecomeOwner: false,
    })
    expect(person.places).toMatchObject([
      { organizationName: 'Northwind', role: 'member', isRoot: true, appsOwned: 1 },
      {
        organizationName: 'Payroll',

        role: 'developer',
        isRoot: false,
        isInherited: false,
        appsOwned: 1,
      },
    ])
    expect(person.accountAbilities).toEqual(
      expect.arrayContaining([
        'users.deactivate',
        'users.delete',
        'users.end-sessions',
        'users.send-password-reset',
      ]),
    )
    expect(person.places[1]?.abilities).toContain('organizations.change-role')
    const fromFinance = await getPerson(as(root.owner), { organizationId: finance.id, userId: pia.id })
    expect(fromFinance.places.map((place) => place.organizationName)).toEqual(['Payroll'])
  })

  it('is shown to the administrator of a business group as far as their branch goes', async () => {
    const { root, finance, payroll, faye, pia, dev } = await makeTree()
    await makeMembership(await makeBusinessGroup(root), pia.id, 'administrator')
    await makeApp({ organization: root, ownerId: pia.id })
    await makeApp({ organization: payroll, ownerId: pia.id, name: 'Payday' })
    const person = await getPerson(as(faye), { organizationId: finance.id, userId: pia.id })
    expect(person.places.map((place) => place.organizationName)).toEqual(['Payroll'])
    expect(person).toMatchObject({
      apps: { total: 1, named: [{ name: 'Payday' }] },
      authorizations: null,
      groups: null,
      sessions: null,
      accountAbilities: [],
      mayBecomeOwner: false,
    })
    const above = await getPerson(as(faye), { organizationId: finance.id, userId: dev.id })
    expect(above.places).toMatchObject([{ isInherited: true, appsOwned: 0, abilities: [] }])
  })

  it('who is a guest has an account that only home administers [P128]', async () => {
    const { root } = await makeTree()
    const home = await makeOrganization()
    const guest = await makeMember(root, 'administrator')
    await makeMembership(home, guest.id, 'member')
    await settle(guest.id, home)
    await startSession({}, { userId: guest.id, authenticationMethods: ['pwd'] })
    expect(await getPerson(as(root.owner), { organizationId: root.id, userId: guest.id })).toMatchObject({
      state: 'guest',
      accountAbilities: [],
      sessions: null,
      lastSignedInAt: null,
      mayBecomeOwner: true,
    })
    expect(await getPerson(as(home.owner), { organizationId: home.id, userId: guest.id })).toMatchObject({
      state: 'active',
      sessions: 1,
    })
  })

  it('out of reach is refused like one who does not exist', async () => {
    const { root, finance, faye, liu, mia, dev } = await makeTree()
    const stranger = await makeMember(await makeOrganization())
    const nobody = [stranger.id, newId('user'), 'pia' as Id<'user'>]
    for (const userId of nobody) {
      await expect(getPerson(as(root.owner), { organizationId: root.id, userId })).rejects.toMatchObject(
        ABSENT,
      )
    }
    for (const userId of [...nobody, liu.id, mia.id]) {
      await expect(getPerson(as(faye), { organizationId: finance.id, userId })).rejects.toMatchObject(ABSENT)
    }
    for (const actor of [as(mia), as(dev)]) {
      await expect(getPerson(actor, { organizationId: root.id, userId: mia.id })).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
    const elsewhere = await makeOrganization()
    for (const organizationId of [root.id, newId('organization'), 'here' as Id<'organization'>]) {
      await expect(getPerson(as(elsewhere.owner), { organizationId, userId: mia.id })).rejects.toMatchObject({
        code: 'not-found',
      })
    }
  })
})
