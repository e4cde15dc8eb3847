import { and, eq, isNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { appContexts, connectedApps } from '#db/schema/connected-apps'
import { environments, memberships, organizations } from '#db/schema/organizations'
import { invitations } from '#db/schema/people'
import { type Id, newId } from '#lib/base/ids'
import { as, asApp } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeOrganization,
  makeApi,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
} from '#test/factories'
import { createApp } from '../connected-apps/create-app.ts'
import { findContexts } from '../connected-apps/find-contexts.ts'
import { addMember } from '../organizations/add-member.ts'
import { createBusinessGroup } from '../organizations/create-business-group.ts'
import { createEnvironment } from '../organizations/create-environment.ts'
import { listOrganizationsOf } from '../organizations/list-organizations-of.ts'
import type { Actor } from '../permissions/actor.ts'
import { deleteBusinessGroup } from './delete-business-group.ts'
import { previewGroupDeletion } from './preview-group-deletion.ts'

async function makeTree() {
  const root = await makeOrganization({ name: 'Acme' })
  const sales = await makeBusinessGroup(root, { name: 'Sales' })
  const north = await makeBusinessGroup(sales, { name: 'North' })
  return { root, sales, north }
}
const remove = (actor: Actor, { id, name }: MadeOrganization, appsTo?: 'parent') =>
  deleteBusinessGroup(actor, { organizationId: id, name, appsTo })
const appNow = async (appId: Id<'app'>) => {
  const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, appId))
  return row
}
const endedAtOf = async (organizationId: Id<'organization'>) => {
  const [row] = await database().select().from(organizations).where(eq(organizations.id, organizationId))
  return row?.endedAt
}

describe('deleting a business group', () => {
  it('ends it and all below it, with the places of people; the one in the root stays', async () => {
    const { root, sales, north } = await makeTree()
    const [lead, both] = [await makeMember(north, 'administrator'), await makeMember(sales)]
    await makeMembership(north, both.id, 'developer')
    const preview = await previewGroupDeletion(as(root.owner), sales.id)
    expect(preview).toMatchObject({ groups: 2, people: 2, apps: 0, parent: { name: 'Acme' } })
    expect(await remove(as(root.owner), sales)).toEqual({
      groups: 2,
      people: 2,
      keptApps: 0,
      movedApps: 0,
      ended: { contexts: 0, apps: 0 },
    })
    expect([await endedAtOf(sales.id), await endedAtOf(north.id), await endedAtOf(root.id)]).toEqual([
      expect.any(Date),
      expect.any(Date),
      null,
    ])
    expect((await listOrganizationsOf(as(lead))).map(({ id }) => id)).toEqual([root.id])
    const told = await database()
      .select()
      .from(events)
      .where(eq(events.organizationId, sales.id))
      .orderBy(events.id)
    expect(told.map(({ name, subjectId }) => [name, subjectId]).sort()).toEqual(
      [
        ['business-group.deleted', sales.id],
        ['membership.ended', both.id],
        ['membership.ended', lead.id],
      ].sort(),
    )
    expect(told.find(({ subjectId }) => subjectId === both.id)).toMatchObject({
      details: { organizationName: 'Sales', places: expect.arrayContaining([expect.anything()]) },
    })
  })

  it('frees its name, and takes environments and open invitations along', async () => {
    const { root, sales, north } = await makeTree()
    await createEnvironment(as(root.owner), { organizationId: north.id, name: 'Live', kind: 'production' })
    const offered = {
      organizationId: north.id,
      rootOrganizationId: root.id,
      email: `${north.id}@example.com`,
      role: 'member' as const,
      tokenHash: Buffer.from(north.id),
      expiresAt: new Date(Date.now() + 60_000),
    }
    await database()
      .insert(invitations)
      .values({ id: newId('invitation'), ...offered })
    expect(await previewGroupDeletion(as(root.owner), sales.id)).toMatchObject({
      environments: 1,
      invitations: 1,
    })
    await remove(as(root.owner), sales)
    const [open] = await database()
      .select()
      .from(invitations)
      .where(and(eq(invitations.organizationId, north.id), isNull(invitations.endedAt)))
    const [label] = await database()
      .select()
      .from(environments)
      .where(and(eq(environments.organizationId, north.id), isNull(environments.endedAt)))
    expect([open, label]).toEqual([undefined, undefined])
    await createBusinessGroup(as(root.owner), { parentId: root.id, name: 'Sales' })
  })

  it('takes it out of the places of apps, for tokens already out [P86]', async () => {
    const { root, sales, north } = await makeTree()
    const [scope = ''] = await makeApi(root, [{ needsOrganization: true }])
    const robot = await makeApp({ organization: root, actsAs: 'itself', scopes: ['profile', scope] })
    await database()
      .insert(appContexts)
      .values([sales, north, root].map(({ id }) => ({ appId: robot.id, scope, organizationId: id })))
    expect(await previewGroupDeletion(as(root.owner), sales.id)).toMatchObject({
      endedContexts: 2,
      endedContextsApps: 1,
    })
    expect(await remove(as(root.owner), sales)).toMatchObject({ ended: { contexts: 2, apps: 1 } })
    expect((await findContexts(robot.id)).map(({ organizationId }) => organizationId)).toEqual([root.id])
    const [told] = await database().select().from(events).where(eq(events.appId, robot.id))
    expect(told).toMatchObject({
      name: 'connected-app.scopes-changed',
      details: { trigger: 'group-deleted' },
    })
  })

  it('never takes an app along: refused while one resides there or below, saying how many', async () => {
    const { root, sales, north } = await makeTree()
    await makeApp({ organization: sales })
    const inNorth = await makeApp({ organization: north })
    await expect(remove(as(root.owner), sales)).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringContaining('2 apps reside in Sales or below it'),
      fields: { appsTo: expect.any(String) },
    })
    expect([await endedAtOf(sales.id), (await appNow(inNorth.id))?.organizationId]).toEqual([null, north.id])
  })

  it('moves them to the organization above where that is asked, and to the root’s owner where theirs has no right there [P10] [P14]', async () => {
    const { root, sales, north } = await makeTree()
    const [scope = ''] = await makeApi(root, [{ needsOrganization: true }])
    const [ofNorth, ofSales] = [await makeMember(north, 'developer'), await makeMember(sales, 'developer')]
    const [lost, kept] = [
      await makeApp({ organization: north, ownerId: ofNorth.id }),
      await makeApp({
        organization: north,
        ownerId: ofSales.id,
        actsAs: 'itself',
        scopes: ['profile', scope],
      }),
    ]
    await database().insert(appContexts).values({ appId: kept.id, scope, organizationId: north.id })
    expect(await previewGroupDeletion(as(root.owner), north.id)).toMatchObject({
      apps: 2,
      movedApps: 1,
      rootOwner: root.owner.fullName,
      parent: { name: 'Sales' },
    })
    expect(await remove(as(root.owner), north, 'parent')).toMatchObject({ keptApps: 2, movedApps: 1 })
    expect([await appNow(lost.id), await appNow(kept.id)]).toMatchObject([
      { organizationId: sales.id, ownerId: root.owner.id },
      { organizationId: sales.id, ownerId: ofSales.id },
    ])
    // What it could do in the group it cannot do above it.
    expect(await findContexts(kept.id)).toEqual([])
    const told = await database().select().from(events).where(eq(events.appId, lost.id)).orderBy(events.id)
    expect(told).toMatchObject([
      {
        name: 'connected-app.moved',
        organizationId: sales.id,
        details: {
          before: 'North',
          after: 'Sales',
          changed: { organizationId: { before: north.id, after: sales.id } },
        },
      },
      { name: 'connected-app.owner-changed', details: { trigger: 'rights-lost' } },
    ])
  })
})

describe('deleting a business group is refused', () => {
  it('without its name, and for a root organization', async () => {
    const { root, sales } = await makeTree()
    const input = { organizationId: sales.id, name: 'Acme' }
    await expect(deleteBusinessGroup(as(root.owner), input)).rejects.toMatchObject({
      code: 'invalid',
      fields: { name: 'Type Sales to delete it.' },
    })
    await expect(remove(as(root.owner), root)).rejects.toMatchObject({ code: 'invalid' })
    await expect(previewGroupDeletion(as(root.owner), root.id)).rejects.toMatchObject({ code: 'invalid' })
  })

  it('to its own administrator, to members, and to strangers as if it were not there', async () => {
    const { root, sales, north } = await makeTree()
    const lead = await makeMember(north, 'administrator')
    const sibling = await makeMember(await makeBusinessGroup(root), 'administrator')
    const stranger = (await makeOrganization()).owner
    for (const [actor, code] of [
      [as(lead), 'forbidden'],
      [as(await makeMember(north)), 'forbidden'],
      [as(sibling), 'not-found'],
      [as(stranger), 'not-found'],
      [asApp(await makeApp({ organization: root }), ['organizations:write'], north), 'forbidden'],
    ] as const) {
      await expect(remove(actor, north)).rejects.toMatchObject({ code })
      await expect(previewGroupDeletion(actor, north.id)).rejects.toMatchObject({ code })
    }
    expect(await remove(as(await makeMember(sales, 'administrator')), north)).toMatchObject({ groups: 1 })
    await expect(remove(as(root.owner), north)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('at the same moment', () => {
  it('an app created in it, or somebody given a place: they are refused, or the deletion is', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { root, sales } = await makeTree()
      const person = await makeMember(root)
      const [removed, created, added] = await Promise.allSettled([
        remove(as(root.owner), sales),
        createApp(as(root.owner), {
          organizationId: sales.id,
          name: 'Just in time',
          actsAs: 'user',
          redirectUris: ['https://app.example.com/callback'],
          scopes: [],
        }),
        addMember(as(root.owner), { organizationId: sales.id, userId: person.id, role: 'developer' }),
      ])
      expect([removed.status, created.status].sort()).toEqual(['fulfilled', 'rejected'])
      if (removed.status !== 'fulfilled') continue
      const places = await database()
        .select()
        .from(memberships)
        .where(and(eq(memberships.organizationId, sales.id), isNull(memberships.endedAt)))
      expect(places).toEqual([])
      if (added.status === 'rejected') expect(added.reason).toMatchObject({ code: 'not-found' })
    }
  })
})
