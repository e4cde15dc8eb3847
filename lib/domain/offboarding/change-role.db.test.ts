import { and, eq, isNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import type { Id } from '#lib/base/ids'
import { as, asApp, asThrough, SYSTEM } from '#test/actors'
import { countLive, makeAuthorization } from '#test/authorizations'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeMembership, makeOrganization } from '#test/factories'
import { getApp } from '../connected-apps/get-app.ts'
import { updateApp } from '../connected-apps/update-app.ts'
import { changeRole } from './change-role.ts'

const ownerOf = async (appId: Id<'app'>) => {
  const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, appId))
  return row?.ownerId
}
const roleOf = async (userId: Id<'user'>, organizationId: Id<'organization'>) => {
  const [row] = await database()
    .select({ role: memberships.role })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.organizationId, organizationId),
        isNull(memberships.endedAt),
      ),
    )
  return row?.role
}
const recordedIn = (organizationId: Id<'organization'>) =>
  database().select().from(events).where(eq(events.organizationId, organizationId)).orderBy(events.id)

describe('changing a role', () => {
  it('to plain member moves their apps of that organization, each with the trigger [P10] [P14]', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    for (const role of ['administrator', 'developer'] as const) {
      const ana = await makeMember(root, role)
      const app = await makeApp({ organization: root, ownerId: ana.id })
      const input = { userId: ana.id, organizationId: root.id, role: 'member' as const }
      expect(await changeRole(as(root.owner), input)).toEqual({ movedApps: 1 })
      expect(await ownerOf(app.id)).toBe(root.owner.id)
      expect((await recordedIn(root.id)).slice(-2)).toMatchObject([
        {
          name: 'membership.role-changed',
          subjectId: ana.id,
          details: { organizationName: 'Acme', before: role, after: 'member' },
        },
        {
          name: 'connected-app.owner-changed',
          appId: app.id,
          details: {
            previousOwner: ana.fullName,
            newOwner: root.owner.fullName,
            trigger: 'rights-lost',
          },
        },
      ])
    }
  })

  it('between administrator and developer moves nothing, at either turn [P11]', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'administrator')
    const app = await makeApp({ organization: root, ownerId: ana.id })
    for (const role of ['developer', 'administrator'] as const) {
      const input = { userId: ana.id, organizationId: root.id, role }
      expect(await changeRole(as(root.owner), input)).toEqual({ movedApps: 0 })
      expect(await ownerOf(app.id)).toBe(ana.id)
    }
  })

  it('in a group moves nothing where the right is held from above, and the other way round [P11]', async () => {
    const root = await makeOrganization()
    const outer = await makeBusinessGroup(root)
    const inner = await makeBusinessGroup(outer)
    const ana = await makeMember(outer, 'administrator')
    await makeMembership(inner, ana.id, 'developer')
    const [inOuter, inInner] = [
      await makeApp({ organization: outer, ownerId: ana.id }),
      await makeApp({ organization: inner, ownerId: ana.id }),
    ]
    const toMember = (organizationId: Id<'organization'>) =>
      changeRole(as(root.owner), { userId: ana.id, organizationId, role: 'member' })
    expect(await toMember(inner.id)).toEqual({ movedApps: 0 })
    await changeRole(as(root.owner), { userId: ana.id, organizationId: inner.id, role: 'developer' })
    // The right over the outer one is lost, the one given in the inner stays.
    expect(await toMember(outer.id)).toEqual({ movedApps: 1 })
    expect([await ownerOf(inOuter.id), await ownerOf(inInner.id)]).toEqual([root.owner.id, ana.id])
    expect(await toMember(inner.id)).toEqual({ movedApps: 1 })
    expect(await ownerOf(inInner.id)).toBe(root.owner.id)
  })

  it('in group A moves what resides in A and below, not what resides in B [P12] [AM-4]', async () => {
    const root = await makeOrganization()
    const [a, b] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const belowA = await makeBusinessGroup(a)
    const ana = await makeMember(a, 'administrator')
    await makeMembership(b, ana.id, 'administrator')
    const [inA, inBelowA, inB] = [
      await makeApp({ organization: a, ownerId: ana.id }),
      await makeApp({ organization: belowA, ownerId: ana.id }),
      await makeApp({ organization: b, ownerId: ana.id }),
    ]
    const input = { userId: ana.id, organizationId: a.id, role: 'member' as const }
    expect(await changeRole(as(root.owner), input)).toEqual({ movedApps: 2 })
    const owners = await Promise.all([inA, inBelowA, inB].map((app) => ownerOf(app.id)))
    expect(owners).toEqual([root.owner.id, root.owner.id, ana.id])
  })

  it('counts at the very next call, for the person and for the app that acts for them [P4] [P88]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const ana = await makeMember(group)
    const [app, tool] = [await makeApp({ organization: group }), await makeApp({ organization: root })]
    const through = asThrough(ana, tool, ['connected-apps:read'])
    const set = (role: 'administrator' | 'member') =>
      changeRole(as(root.owner), { userId: ana.id, organizationId: group.id, role })
    for (const actor of [as(ana), through]) {
      await expect(getApp(actor, app.id)).rejects.toMatchObject({ code: 'forbidden' })
      await set('administrator')
      expect(await getApp(actor, app.id)).toMatchObject({ id: app.id })
      await set('member')
      await expect(getApp(actor, app.id)).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  it('leaves what the person authorized: they are a member still', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const app = await makeApp({ organization: root })
    await makeAuthorization(ana, app, root)
    await changeRole(as(root.owner), { userId: ana.id, organizationId: root.id, role: 'member' })
    expect(await countLive(app, root)).toMatchObject({ people: 1 })
  })

  it('to the same role changes and records nothing', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const input = { userId: ana.id, organizationId: root.id, role: 'developer' as const }
    expect(await changeRole(as(root.owner), input)).toEqual({ movedApps: 0 })
    expect(await recordedIn(root.id)).toEqual([])
  })
})

describe('a developer’s quota', () => {
  it('is given with the role or alone, is kept, recorded, and goes with the role', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    const ana = await makeMember(root)
    const here = { userId: ana.id, organizationId: root.id }
    const quotaOf = async () => {
      const [row] = await database().select().from(memberships).where(eq(memberships.userId, ana.id))
      return row?.appsMax
    }
    await changeRole(as(root.owner), { ...here, role: 'developer', appsMax: 5 })
    await changeRole(as(root.owner), { ...here, role: 'developer', appsMax: 5 })
    await changeRole(as(root.owner), { ...here, role: 'developer' })
    expect(await quotaOf()).toBe(5)
    await changeRole(as(root.owner), { ...here, role: 'developer', appsMax: null })
    await changeRole(as(root.owner), { ...here, role: 'developer', appsMax: 3 })
    await changeRole(as(root.owner), { ...here, role: 'administrator' })
    expect(await quotaOf()).toBeNull()
    expect((await recordedIn(root.id)).map(({ name, details }) => ({ name, ...details }))).toMatchObject([
      { name: 'membership.role-changed', before: 'member', after: 'developer', appsMax: 5 },
      { name: 'membership.quota-changed', before: 5, after: 'any number' },
      { name: 'membership.quota-changed', before: 'any number', after: 3 },
      { name: 'membership.role-changed', before: 'developer', after: 'administrator' },
    ])
  })

  it('is refused for anybody else, and where it is no number of apps', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root)
    const here = { userId: ana.id, organizationId: root.id }
    for (const wrong of [
      { role: 'member' as const, appsMax: 3 },
      { role: 'administrator' as const, appsMax: 3 },
      { role: 'developer' as const, appsMax: 0 },
      { role: 'developer' as const, appsMax: 1.5 },
      { role: 'developer' as const, appsMax: 1_000_000 },
    ]) {
      await expect(changeRole(as(root.owner), { ...here, ...wrong })).rejects.toMatchObject({
        code: 'invalid',
        fields: { appsMax: expect.any(String) },
      })
    }
    expect(await recordedIn(root.id)).toEqual([])
  })
})

describe('the last administrator of a business group', () => {
  it('may go: whoever administers above looks after it, so it is never without one', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const lead = await makeMember(group, 'administrator')
    const app = await makeApp({ organization: group, ownerId: lead.id })
    await changeRole(as(root.owner), { userId: lead.id, organizationId: group.id, role: 'member' })
    expect(await getApp(as(root.owner), app.id)).toMatchObject({ id: app.id })
    expect(await ownerOf(app.id)).toBe(root.owner.id)
  })

  it('is not gone after two who take each other’s right at the same moment: one is refused', async () => {
    for (let round = 0; round < 4; round += 1) {
      const root = await makeOrganization()
      const group = await makeBusinessGroup(root)
      const [one, two] = [await makeMember(group, 'administrator'), await makeMember(group, 'administrator')]
      const take = (actor: typeof one, person: typeof one) =>
        changeRole(as(actor), { userId: person.id, organizationId: group.id, role: 'member' })
      const outcomes = await Promise.allSettled([take(one, two), take(two, one)])
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const roles = [await roleOf(one.id, group.id), await roleOf(two.id, group.id)]
      expect(roles.sort()).toEqual(['administrator', 'member'])
    }
  })
})

describe('changing a role is refused', () => {
  it('for the root organization’s owner, who stays its administrator [P15]', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    const group = await makeBusinessGroup(root)
    const { owner } = root
    await makeMembership(group, owner.id, 'administrator')
    const other = await makeMember(root, 'administrator')
    for (const actor of [as(owner), as(other), SYSTEM]) {
      for (const role of ['developer', 'member'] as const) {
        const input = { userId: owner.id, organizationId: root.id, role }
        await expect(changeRole(actor, input)).rejects.toMatchObject({
          code: 'conflict',
          sentence: `${owner.fullName} owns Acme. Name another owner first.`,
        })
      }
    }
    expect(await roleOf(owner.id, root.id)).toBe('administrator')
    await changeRole(as(other), { userId: owner.id, organizationId: group.id, role: 'member' })
  })

  it('to whoever does not administer that organization, and to apps', async () => {
    const root = await makeOrganization()
    const [group, sibling] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const stranger = await makeOrganization()
    const target = await makeMember(group)
    const app = await makeApp({ organization: root })
    const everything = ['organizations:read', 'connected-apps:write']
    const input = { userId: target.id, organizationId: group.id, role: 'administrator' as const }
    for (const actor of [
      as(target),
      as(await makeMember(root, 'developer')),
      asApp(app, everything, root, group),
      asThrough(root.owner, app, everything),
    ]) {
      await expect(changeRole(actor, input)).rejects.toMatchObject({ code: 'forbidden' })
    }
    for (const actor of [as(await makeMember(sibling, 'administrator')), as(stranger.owner)]) {
      await expect(changeRole(actor, input)).rejects.toMatchObject({ code: 'not-found' })
    }
    expect(await roleOf(target.id, group.id)).toBe('member')
  })

  it('where the person has no place of their own, also if they have one above, and for roles there are not', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root, { name: 'Sales' })
    const ana = await makeMember(root, 'developer')
    const input = { userId: ana.id, organizationId: group.id, role: 'member' as const }
    await expect(changeRole(as(root.owner), input)).rejects.toMatchObject({
      code: 'not-found',
      sentence: 'There is no such person in Sales.',
    })
    const owner = { ...input, organizationId: root.id, role: 'owner' as 'member' }
    await expect(changeRole(as(root.owner), owner)).rejects.toMatchObject({
      code: 'invalid',
      fields: { role: expect.any(String) },
    })
  })
})

describe('at the same moment', () => {
  it('an app handed to who loses the right is never left with them', async () => {
    for (let round = 0; round < 6; round += 1) {
      const root = await makeOrganization()
      const ana = await makeMember(root, 'developer')
      const app = await makeApp({ organization: root })
      const [lost] = await Promise.allSettled([
        changeRole(as(root.owner), { userId: ana.id, organizationId: root.id, role: 'member' }),
        updateApp(as(root.owner), { appId: app.id, version: 1, ownerId: ana.id }),
      ])
      expect(lost.status).toBe('fulfilled')
      expect(await ownerOf(app.id)).toBe(root.owner.id)
    }
  })
})
