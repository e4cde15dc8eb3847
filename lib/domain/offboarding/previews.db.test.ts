import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { users } from '#db/schema/users'
import { type Id, newId } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { as, asApp, asThrough } from '#test/actors'
import { makeAuthorization } from '#test/authorizations'
import { database } from '#test/database'
import {
  type MadeOrganization,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { settleHome } from '../users/settle-home.ts'
import { changeRole } from './change-role.ts'
import { deleteUser } from './delete-user.ts'
import { previewDeletion } from './preview-deletion.ts'
import { previewRemoval } from './preview-removal.ts'
import { previewRoleChange } from './preview-role-change.ts'
import { removeMember } from './remove-member.ts'
import { APPS_NAMED_MAX } from './schema.ts'

const settle = (userId: Id<'user'>, root: MadeOrganization) =>
  database().transaction((tx) => settleHome(tx, userId, root.id))

describe('what removing a person would do', () => {
  it('is told before it is done, in numbers and names, and is what then happens [P9] [P18]', async () => {
    const root = await makeOrganization({ name: 'Northwind' })
    const [finance, sales] = [
      await makeBusinessGroup(root, { name: 'Finance' }),
      await makeBusinessGroup(root, { name: 'Sales' }),
    ]
    const ana = await makeMember(finance, 'administrator')
    await makeMembership(sales, ana.id, 'developer')
    await makeApp({ organization: finance, ownerId: ana.id, name: 'Ledger' })
    await makeApp({ organization: finance, ownerId: ana.id, name: 'Kiosk', clientType: 'browser' })
    const inSales = await makeApp({ organization: sales, ownerId: ana.id, name: 'Quotes' })
    await makeApp({ organization: finance, name: 'Somebody else’s' })
    await makeAuthorization(ana, inSales, root)

    const fromFinance = { userId: ana.id, organizationId: finance.id }
    expect(await previewRemoval(as(root.owner), fromFinance)).toEqual({
      places: [{ organizationId: finance.id, organizationName: 'Finance', role: 'administrator' }],
      apps: {
        total: 2,
        secretsDue: 1,
        named: [
          { id: expect.any(String), name: 'Kiosk', residence: 'Finance' },
          { id: expect.any(String), name: 'Ledger', residence: 'Finance' },
        ],
        newOwner: root.owner.fullName,
      },
      authorizations: 0,
    })
    const whole = { userId: ana.id, organizationId: root.id }
    expect(await previewRemoval(as(root.owner), whole)).toMatchObject({
      places: expect.arrayContaining([
        expect.objectContaining({ organizationName: 'Northwind' }),
        expect.objectContaining({ organizationName: 'Sales' }),
      ]),
      apps: { total: 3, secretsDue: 2 },
      authorizations: 1,
    })
    expect(await removeMember(as(root.owner), fromFinance)).toEqual({ movedApps: 2 })
    expect(await previewRemoval(as(root.owner), whole)).toMatchObject({ apps: { total: 1 } })
    expect(await removeMember(as(root.owner), whole)).toEqual({ movedApps: 1 })
  })

  it('counts no app whose owner keeps a right from above [P11]', async () => {
    const root = await makeOrganization()
    const inner = await makeBusinessGroup(root)
    const ana = await makeMember(root, 'developer')
    await makeMembership(inner, ana.id, 'administrator')
    await makeApp({ organization: inner, ownerId: ana.id })
    const input = { userId: ana.id, organizationId: inner.id }
    expect(await previewRemoval(as(root.owner), input)).toMatchObject({ apps: { total: 0, named: [] } })
    expect(await removeMember(as(root.owner), input)).toEqual({ movedApps: 0 })
  })

  it('names the first few and counts them all', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    for (let made = 0; made < APPS_NAMED_MAX + 2; made += 1)
      await makeApp({ organization: root, ownerId: ana.id })
    const { apps } = await previewRemoval(as(root.owner), { userId: ana.id, organizationId: root.id })
    expect([apps.total, apps.named.length]).toEqual([APPS_NAMED_MAX + 2, APPS_NAMED_MAX])
  })
})

describe('what another role would do', () => {
  it('is told before it is done, and is what then happens [P10]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const ana = await makeMember(group, 'administrator')
    await makeApp({ organization: group, ownerId: ana.id, name: 'Ledger' })
    const to = (role: 'administrator' | 'developer' | 'member') => ({
      userId: ana.id,
      organizationId: group.id,
      role,
    })
    expect(await previewRoleChange(as(root.owner), to('developer'))).toMatchObject({
      apps: { total: 0 },
      isLastAdministrator: true,
    })
    expect(await previewRoleChange(as(root.owner), to('member'))).toMatchObject({
      apps: { total: 1, named: [{ name: 'Ledger' }] },
    })
    await makeMember(group, 'administrator')
    expect(await previewRoleChange(as(root.owner), to('member'))).toMatchObject({
      isLastAdministrator: false,
    })
    expect(await changeRole(as(root.owner), to('member'))).toEqual({ movedApps: 1 })
  })
})

describe('what deleting an account would do', () => {
  it('names what is at home, and only counts what is elsewhere [P8] [P128]', async () => {
    const [home, host] = [await makeOrganization(), await makeOrganization()]
    const ana = await makeMember(home, 'developer')
    await settle(ana.id, home)
    await makeMembership(host, ana.id, 'developer')
    await makeApp({ organization: home, ownerId: ana.id, name: 'At home' })
    const away = await makeApp({ organization: host, ownerId: ana.id, name: 'Away' })
    await makeAuthorization(ana, away, host)
    const preview = await previewDeletion(as(home.owner), { userId: ana.id })
    expect(preview).toMatchObject({
      apps: { total: 1, secretsDue: 1, named: [{ name: 'At home' }], newOwner: home.owner.fullName },
      elsewhere: { organizations: 1, apps: 1 },
      authorizations: 1,
    })
    expect(JSON.stringify(preview)).not.toContain('Away')
    expect(await deleteUser(as(home.owner), { userId: ana.id, confirmation: ana.username })).toEqual({
      movedApps: 2,
    })
  })
})

describe('a look at what an act would do is refused', () => {
  it('where the act is: for the owner, in the same words [P15]', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    await settle(root.owner.id, root)
    const here = { userId: root.owner.id, organizationId: root.id }
    const owns = { code: 'conflict', sentence: `${root.owner.fullName} owns Acme. Name another owner first.` }
    await expect(previewRemoval(as(root.owner), here)).rejects.toMatchObject(owns)
    await expect(previewRoleChange(as(root.owner), { ...here, role: 'member' })).rejects.toMatchObject(owns)
    await expect(previewDeletion(as(root.owner), { userId: root.owner.id })).rejects.toMatchObject(owns)
  })

  it('to whoever may not act, and for nobody like for somebody elsewhere', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    const [sales, care] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const app = await makeApp({ organization: root })
    const ana = await makeMember(sales, 'developer')
    await settle(ana.id, root)
    const here = { userId: ana.id, organizationId: sales.id }
    const looks = [
      (actor: Parameters<typeof previewRemoval>[0]) => previewRemoval(actor, here),
      (actor: Parameters<typeof previewRemoval>[0]) => previewRoleChange(actor, { ...here, role: 'member' }),
      (actor: Parameters<typeof previewRemoval>[0]) => previewDeletion(actor, { userId: ana.id }),
    ]
    const { owner } = await makeOrganization()
    for (const look of looks) {
      for (const actor of [
        as(ana),
        as(await makeMember(root, 'developer')),
        as(await makeMember(care, 'administrator')),
        as(owner),
        asThrough(root.owner, app, ['organizations:read']),
        asApp(app, ['people:read'], root),
      ]) {
        const refused = await look(actor).catch((thrown) => thrown)
        expect(isRefusal(refused) && ['forbidden', 'not-found'].includes(refused.code)).toBe(true)
      }
    }
    const stranger = await makeMember(await makeOrganization())
    for (const userId of [stranger.id, newId('user')]) {
      await expect(previewRemoval(as(root.owner), { userId, organizationId: root.id })).rejects.toMatchObject(
        { code: 'not-found', sentence: 'There is no such person in Acme.' },
      )
      await expect(previewDeletion(as(root.owner), { userId })).rejects.toMatchObject({ code: 'not-found' })
    }
    const [row] = await database().select().from(users).where(eq(users.id, ana.id))
    expect(row?.endedAt).toBeNull()
  })
})
