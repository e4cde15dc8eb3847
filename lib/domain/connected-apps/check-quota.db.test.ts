import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import type { Id } from '#lib/base/ids'
import { as } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeOrganization,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { rounds } from '#test/rounds'
import { changeRole } from '../offboarding/change-role.ts'
import { createApp } from './create-app.ts'
import { syncBuiltInScopes } from './sync-built-in-scopes.ts'
import { updateApp } from './update-app.ts'

beforeAll(() => syncBuiltInScopes('http://localhost:3000'))

let made = 0
const input = (organization: MadeOrganization) => {
  made += 1
  return {
    organizationId: organization.id,
    name: `Quota ${made}`,
    actsAs: 'user' as const,
    clientType: 'browser' as const,
    redirectUris: ['https://app.example.com/callback'],
    scopes: ['openid'],
  }
}
async function limit(userId: Id<'user'>, organization: MadeOrganization, appsMax: number) {
  await database()
    .update(memberships)
    .set({ appsMax })
    .where(and(eq(memberships.userId, userId), eq(memberships.organizationId, organization.id)))
}
const ownedBy = async (userId: Id<'user'>) =>
  (await database().select().from(connectedApps).where(eq(connectedApps.ownerId, userId))).length

describe('a developer’s quota', () => {
  it('lets them own so many apps in their place and below it, and no more [P118]', async () => {
    const root = await makeOrganization()
    const sales = await makeBusinessGroup(root, { name: 'Sales' })
    const inner = await makeBusinessGroup(sales)
    const ana = await makeMember(sales, 'developer', { fullName: 'Ana' })
    await limit(ana.id, sales, 2)
    await createApp(as(ana), input(sales))
    await createApp(as(ana), input(inner))
    for (const place of [sales, inner]) {
      await expect(createApp(as(ana), input(place))).rejects.toMatchObject({
        code: 'limit-reached',
        sentence:
          'Ana may own 2 apps in Sales and has them all. Hand one to somebody else, delete one, or have an administrator raise the quota.',
      })
    }
    // An app that ended counts no more; a place beside it has a quota of its own, or none.
    await database()
      .update(connectedApps)
      .set({ endedAt: new Date() })
      .where(eq(connectedApps.organizationId, inner.id))
    await createApp(as(ana), input(inner))
    const care = await makeBusinessGroup(root)
    await makeMembership(care, ana.id, 'developer')
    await createApp(as(ana), input(care))
  })

  it('holds for an app that is handed to them, under the field, also by an administrator [P21]', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    await limit(ana.id, root, 1)
    const [one, two] = [await makeApp({ organization: root }), await makeApp({ organization: root })]
    await updateApp(as(root.owner), { appId: one.id, version: 1, ownerId: ana.id })
    const refused = { code: 'limit-reached', fields: { ownerId: expect.stringContaining('one app') } }
    await expect(
      updateApp(as(root.owner), { appId: two.id, version: 1, ownerId: ana.id }),
    ).rejects.toMatchObject(refused)
    await expect(createApp(as(root.owner), { ...input(root), ownerId: ana.id })).rejects.toMatchObject(
      refused,
    )
    expect(await ownedBy(ana.id)).toBe(1)
  })

  it('of several places all hold, and none where the person administers', async () => {
    const root = await makeOrganization()
    const sales = await makeBusinessGroup(root)
    const ana = await makeMember(sales, 'developer')
    await database()
      .update(memberships)
      .set({ role: 'developer', appsMax: 1 })
      .where(and(eq(memberships.userId, ana.id), eq(memberships.organizationId, root.id)))
    await createApp(as(ana), input(root))
    await expect(createApp(as(ana), input(sales))).rejects.toMatchObject({ code: 'limit-reached' })
    await changeRole(as(root.owner), { userId: ana.id, organizationId: sales.id, role: 'administrator' })
    await createApp(as(ana), input(sales))
    await expect(createApp(as(ana), input(root))).rejects.toMatchObject({ code: 'limit-reached' })
  })

  it('lowered below what somebody owns takes nothing away', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const app = await makeApp({ organization: root, ownerId: ana.id })
    await makeApp({ organization: root, ownerId: ana.id })
    const role = { userId: ana.id, organizationId: root.id, role: 'developer' as const }
    await changeRole(as(root.owner), { ...role, appsMax: 1 })
    expect(await ownedBy(ana.id)).toBe(2)
    await updateApp(as(ana), { appId: app.id, version: 1, description: 'Still mine.' })
    await expect(createApp(as(ana), input(root))).rejects.toMatchObject({ code: 'limit-reached' })
    await changeRole(as(root.owner), { ...role, appsMax: null })
    await createApp(as(ana), input(root))
  })

  it('is not passed by several at once, created or handed over', async () => {
    for (let round = 0; round < rounds(3); round += 1) {
      const root = await makeOrganization()
      const ana = await makeMember(root, 'developer')
      await limit(ana.id, root, 2)
      const apps = [await makeApp({ organization: root }), await makeApp({ organization: root })]
      const outcomes = await Promise.allSettled([
        createApp(as(ana), input(root)),
        createApp(as(ana), input(root)),
        ...apps.map((app) => updateApp(as(root.owner), { appId: app.id, version: 1, ownerId: ana.id })),
      ])
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'limit-reached' })
      }
      expect(await ownedBy(ana.id)).toBe(2)
    }
  })
})
