import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { newId } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeOrganization,
  type MadeUser,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { removeMember } from './remove-member.ts'
import { transferRootOwnership } from './transfer-root-ownership.ts'

const ownerOf = async (root: MadeOrganization) => {
  const [row] = await database().select().from(organizations).where(eq(organizations.id, root.id))
  return row?.ownerId
}

/** What whoever means it sends. */
const handing = (root: MadeOrganization, next: MadeUser) => ({
  rootOrganizationId: root.id,
  newOwnerId: next.id,
  confirmation: root.name,
})

describe('handing a root organization over', () => {
  it('makes another administrator its owner, moves no app, and lets the former owner go [P15] [AM-5]', async () => {
    const root = await makeOrganization()
    const former = root.owner
    const next = await makeMember(root, 'administrator')
    const app = await makeApp({ organization: root, ownerId: former.id })
    await transferRootOwnership(as(former), handing(root, next))
    expect(await ownerOf(root)).toBe(next.id)
    const [kept] = await database().select().from(connectedApps).where(eq(connectedApps.id, app.id))
    expect(kept).toMatchObject({ ownerId: former.id, version: 1 })
    const [place] = await database().select().from(memberships).where(eq(memberships.userId, former.id))
    expect(place).toMatchObject({ role: 'administrator', endedAt: null })
    const recorded = await database().select().from(events).where(eq(events.subjectId, root.id))
    expect(recorded).toMatchObject([
      {
        name: 'organization.owner-changed',
        actorUserId: former.id,
        rootOrganizationId: root.id,
        details: { previousOwner: former.fullName, newOwner: next.fullName },
      },
    ])

    expect(await removeMember(as(next), { userId: former.id, organizationId: root.id })).toEqual({
      movedApps: 1,
    })
    const [moved] = await database().select().from(connectedApps).where(eq(connectedApps.id, app.id))
    expect(moved?.ownerId).toBe(next.id)
    await expect(removeMember(as(next), { userId: next.id, organizationId: root.id })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('is refused to everybody but the owner', async () => {
    const root = await makeOrganization()
    const stranger = await makeOrganization()
    const other = await makeMember(root, 'administrator')
    const app = await makeApp({ organization: root, ownerId: root.owner.id })
    const input = handing(root, other)
    for (const actor of [
      as(other),
      as(await makeMember(root, 'developer')),
      as(await makeMember(root)),
      as(await makeUser({ isOperator: true })),
      asThrough(root.owner, app, ['organizations:read', 'connected-apps:write']),
    ]) {
      await expect(transferRootOwnership(actor, input)).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(transferRootOwnership(as(stranger.owner), input)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await ownerOf(root)).toBe(root.owner.id)
  })

  it('is done by an app that acts for the owner and holds its own scope, and by no other token', async () => {
    const root = await makeOrganization()
    const next = await makeMember(root, 'administrator')
    const app = await makeApp({ organization: root, ownerId: root.owner.id })
    await database()
      .update(organizations)
      .set({ allowsPasswordTokens: true })
      .where(eq(organizations.id, root.id))
    const scope = ['organizations:transfer']
    for (const actor of [
      asApp(app, [...scope, 'organizations:read', 'organizations:write'], root),
      asThrough(next, app, [...scope, 'organizations:read']),
      { ...as(root.owner), byPassword: true } as const,
    ]) {
      await expect(transferRootOwnership(actor, handing(root, next))).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
    expect(await ownerOf(root)).toBe(root.owner.id)
    await transferRootOwnership(asThrough(root.owner, app, scope), handing(root, next))
    expect(await ownerOf(root)).toBe(next.id)
    const [recorded] = await database().select().from(events).where(eq(events.subjectId, root.id))
    expect(recorded).toMatchObject({ actorUserId: root.owner.id, actorAppId: app.id })
  })

  it('is refused without the name of the organization', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    const next = await makeMember(root, 'administrator')
    for (const confirmation of ['', 'acme', 'Acme Inc', root.id]) {
      const input = { ...handing(root, next), confirmation }
      await expect(transferRootOwnership(as(root.owner), input)).rejects.toMatchObject({
        code: 'invalid',
        fields: { confirmation: 'Type Acme to hand it over.' },
      })
    }
    expect(await ownerOf(root)).toBe(root.owner.id)
  })

  it('is refused to a person who does not administer the root itself, under the field', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const stranger = await makeOrganization()
    const deactivated = await makeMember(root, 'administrator')
    await database().update(users).set({ deactivatedAt: new Date() }).where(eq(users.id, deactivated.id))
    const removed = await makeMember(root, 'administrator')
    await removeMember(as(root.owner), { userId: removed.id, organizationId: root.id })
    for (const newOwnerId of [
      (await makeMember(root, 'developer')).id,
      (await makeMember(group, 'administrator')).id,
      stranger.owner.id,
      deactivated.id,
      removed.id,
      root.owner.id,
      newId('user'),
    ]) {
      const input = { ...handing(root, root.owner), newOwnerId }
      await expect(transferRootOwnership(as(root.owner), input)).rejects.toMatchObject({
        code: 'invalid',
        fields: { newOwnerId: expect.any(String) },
      })
    }
    const input = handing(group, root.owner)
    await expect(transferRootOwnership(as(root.owner), input)).rejects.toMatchObject({ code: 'not-found' })
    expect(await ownerOf(root)).toBe(root.owner.id)
  })

  it('goes to one of two, when it is handed to both at the same moment', async () => {
    const root = await makeOrganization()
    const [ana, ben] = [await makeMember(root, 'administrator'), await makeMember(root, 'administrator')]
    const outcomes = await Promise.allSettled(
      [ana, ben].map((next) => transferRootOwnership(as(root.owner), handing(root, next))),
    )
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect([ana.id, ben.id]).toContain(await ownerOf(root))
  })

  it('or its new owner is removed at the same moment: one of the two is refused', async () => {
    for (let round = 0; round < 5; round += 1) {
      const root = await makeOrganization()
      const next = await makeMember(root, 'administrator')
      const outcomes = await Promise.allSettled([
        transferRootOwnership(as(root.owner), handing(root, next)),
        removeMember(as(root.owner), { userId: next.id, organizationId: root.id }),
      ])
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
      const owner = await ownerOf(root)
      const [place] = await database()
        .select()
        .from(memberships)
        .where(and(eq(memberships.organizationId, root.id), eq(memberships.userId, owner ?? newId('user'))))
      expect(place?.endedAt).toBeNull()
    }
  })
})
