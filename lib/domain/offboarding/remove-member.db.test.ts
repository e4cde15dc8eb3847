import { and, eq, isNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { liveAuthorizations, liveTokens } from '#db/schema/authorizations'
import { appSecrets, connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import { type Id, newId } from '#lib/base/ids'
import { newClientId } from '#lib/base/secrets'
import { as, asApp, asThrough, SYSTEM } from '#test/actors'
import { countLive, makeAuthorization, makeTokenFamily } from '#test/authorizations'
import { database, transaction } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeMembership, makeOrganization } from '#test/factories'
import { isSomebodyWaitingFor } from '#test/waiting'
import { createApp } from '../connected-apps/create-app.ts'
import { listOwnedApps } from '../connected-apps/list-owned-apps.ts'
import { openApp } from '../connected-apps/open-app.ts'
import { openPossibleOwner } from '../connected-apps/possible-owners.ts'
import { rotateSecret } from '../connected-apps/rotate-secret.ts'
import { updateApp } from '../connected-apps/update-app.ts'
import { changeRole } from './change-role.ts'
import { removeMember } from './remove-member.ts'

const appRow = async (appId: Id<'app'>) => {
  const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, appId))
  if (!row) throw new Error('The app is gone.')
  return row
}
const placesOf = (userId: Id<'user'>) =>
  database()
    .select({ organizationId: memberships.organizationId, role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), isNull(memberships.endedAt)))
const movesOf = (appId: Id<'app'>) =>
  database()
    .select()
    .from(events)
    .where(and(eq(events.appId, appId), eq(events.name, 'connected-app.owner-changed')))

describe('removing a person from the root organization', () => {
  it('ends every place in the tree and moves every app to the root’s owner, one event each [P9] [P14] [P18]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const elsewhere = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    await makeMembership(group, ana.id, 'administrator')
    await makeMembership(elsewhere, ana.id, 'developer')
    const inRoot = await makeApp({ organization: root, ownerId: ana.id })
    const inGroup = await makeApp({ organization: group, ownerId: ana.id })
    const abroad = await makeApp({ organization: elsewhere, ownerId: ana.id })
    const spa = await makeApp({ organization: root, ownerId: ana.id, clientType: 'browser' })

    const receipt = await removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })

    expect(receipt).toEqual({ movedApps: 3 })
    expect(await placesOf(ana.id)).toEqual([{ organizationId: elsewhere.id, role: 'developer' }])
    for (const app of [inRoot, inGroup]) {
      expect(await appRow(app.id)).toMatchObject({
        ownerId: root.owner.id,
        createdBy: ana.id,
        rotationDueSince: expect.any(Date),
        version: 2,
      })
      expect(await movesOf(app.id)).toMatchObject([
        {
          rootOrganizationId: root.id,
          organizationId: app.organizationId,
          actorUserId: root.owner.id,
          actorName: root.owner.fullName,
          subjectId: app.id,
          subjectName: app.name,
          ip: '203.0.113.7',
          requestId: 'test',
          details: {
            version: 2,
            changed: { ownerId: { before: ana.id, after: root.owner.id } },
            previousOwner: ana.fullName,
            newOwner: root.owner.fullName,
            trigger: 'membership-ended',
          },
        },
      ])
    }
    // One that keeps no secret has none to rotate.
    expect(await appRow(spa.id)).toMatchObject({ ownerId: root.owner.id, rotationDueSince: null })
    expect(await appRow(abroad.id)).toMatchObject({ ownerId: ana.id, version: 1 })
    expect(await movesOf(abroad.id)).toEqual([])
  })

  it('changes of a moved app nothing but its owner and the mark [P13] [AM-6]', async () => {
    const root = await makeOrganization()
    const [ana, reader] = [await makeMember(root, 'developer'), await makeMember(root)]
    const app = await makeApp({ organization: root, ownerId: ana.id })
    const yes = await makeAuthorization(reader, app, root)
    await makeTokenFamily(yes, app)
    const secretsOf = () => database().select().from(appSecrets).where(eq(appSecrets.appId, app.id))
    const tokensOf = () => database().select().from(liveTokens).where(eq(liveTokens.appId, app.id))
    const [before, secrets, tokens] = [await appRow(app.id), await secretsOf(), await tokensOf()]

    await removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })

    const after = await appRow(app.id)
    const { ownerId, version, rotationDueSince, updatedAt, updatedBy } = after
    expect(after).toEqual({ ...before, ownerId, version, rotationDueSince, updatedAt, updatedBy })
    expect(await secretsOf()).toEqual(secrets)
    expect(tokens).toHaveLength(2)
    expect(await tokensOf()).toEqual(tokens)
  })

  it('keeps the mark until a new secret is set, and lists by it [P18]', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const app = await makeApp({ organization: root, ownerId: ana.id })
    await makeApp({ organization: root })
    await removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })
    const due = async () => {
      const wanted = { organizationId: root.id, filters: { isRotationDue: true } }
      return (await listOwnedApps(as(root.owner), wanted)).apps.map(({ id }) => id)
    }
    expect(await due()).toEqual([app.id])
    await rotateSecret(as(root.owner), { appId: app.id, overlapHours: 0 })
    expect(await due()).toEqual([])
  })

  it('leaves the mark of an app that was due before as old as it is', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const rotationDueSince = new Date('2026-01-02T03:04:05Z')
    const app = await makeApp({ organization: root, ownerId: ana.id, rotationDueSince })
    await removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })
    expect((await appRow(app.id)).rotationDueSince).toEqual(rotationDueSince)
  })

  it('moves what the person owns, not what they created and handed on [P16] [AM-3]', async () => {
    const root = await makeOrganization()
    const [creator, owner] = [await makeMember(root, 'developer'), await makeMember(root, 'developer')]
    const app = await makeApp({ organization: root, ownerId: creator.id })
    await updateApp(as(root.owner), { appId: app.id, version: 1, ownerId: owner.id })
    expect(await removeMember(as(root.owner), { userId: creator.id, organizationId: root.id })).toEqual({
      movedApps: 0,
    })
    expect(await appRow(app.id)).toMatchObject({ ownerId: owner.id, createdBy: creator.id })
    expect(await removeMember(as(root.owner), { userId: owner.id, organizationId: root.id })).toEqual({
      movedApps: 1,
    })
    expect((await appRow(app.id)).ownerId).toBe(root.owner.id)
  })

  it('leaves deleted apps where they are', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const app = await makeApp({ organization: root, ownerId: ana.id, endedAt: new Date() })
    await removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })
    expect((await appRow(app.id)).ownerId).toBe(ana.id)
  })

  it('moves a thousand apps at once, each once [P17]', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const rows = Array.from({ length: 1_000 }, (_, at) => ({
      id: newId('app'),
      clientId: newClientId(),
      organizationId: root.id,
      rootOrganizationId: root.id,
      name: `One of many ${at}`,
      actsAs: 'user' as const,
      clientType: 'server' as const,
      grantTypes: ['authorization_code'],
      createdBy: ana.id,
      ownerId: ana.id,
    }))
    await database().insert(connectedApps).values(rows)
    const remove = () => removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })
    const outcomes = await Promise.allSettled([remove(), remove(), remove()])

    const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    expect(done).toEqual([{ movedApps: 1_000 }])
    const apps = await database().select().from(connectedApps).where(eq(connectedApps.createdBy, ana.id))
    expect(new Set(apps.map((app) => `${app.ownerId} ${app.version}`))).toEqual(
      new Set([`${root.owner.id} 2`]),
    )
    const moves = await database()
      .select({ appId: events.appId })
      .from(events)
      .where(and(eq(events.rootOrganizationId, root.id), eq(events.name, 'connected-app.owner-changed')))
    expect(moves).toHaveLength(1_000)
    expect(new Set(moves.map((move) => move.appId)).size).toBe(1_000)
  })

  it('ends what the person authorized there, and coming back brings none of it back (AM-29) [P8] [P9]', async () => {
    const [root, elsewhere] = [await makeOrganization(), await makeOrganization()]
    const ana = await makeMember(root)
    await makeMembership(elsewhere, ana.id, 'member')
    const app = await makeApp({ organization: root, audience: 'everyone' })
    for (const place of [root, elsewhere]) {
      await makeTokenFamily(await makeAuthorization(ana, app, place), app)
    }
    await removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })
    expect(await countLive(app, root)).toEqual({ people: 0, tokens: 0 })
    expect(await countLive(app, elsewhere)).toEqual({ people: 1, tokens: 2 })

    await makeMembership(root, ana.id, 'member')
    expect(await countLive(app, root)).toEqual({ people: 0, tokens: 0 })
    await makeAuthorization(ana, app, root)
    expect(await countLive(app, root)).toEqual({ people: 1, tokens: 0 })
  })

  it('leaves what others authorized in the person’s apps', async () => {
    const root = await makeOrganization()
    const [ana, reader] = [await makeMember(root, 'developer'), await makeMember(root)]
    const app = await makeApp({ organization: root, ownerId: ana.id })
    const yes = await makeAuthorization(reader, app, root)
    await removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })
    const live = await database().select().from(liveAuthorizations).where(eq(liveAuthorizations.id, yes))
    expect(live).toHaveLength(1)
  })
})

describe('removing a person from a business group', () => {
  it('ends their place there and below, and moves the apps of these alone [P10] [P12]', async () => {
    const root = await makeOrganization()
    const outer = await makeBusinessGroup(root)
    const inner = await makeBusinessGroup(outer)
    const sibling = await makeBusinessGroup(root)
    const ana = await makeMember(outer, 'developer')
    await makeMembership(inner, ana.id, 'administrator')
    await makeMembership(sibling, ana.id, 'administrator')
    const lost = [
      await makeApp({ organization: outer, ownerId: ana.id }),
      await makeApp({ organization: inner, ownerId: ana.id }),
    ]
    const kept = await makeApp({ organization: sibling, ownerId: ana.id })
    expect(await removeMember(as(root.owner), { userId: ana.id, organizationId: outer.id })).toEqual({
      movedApps: 2,
    })
    expect((await placesOf(ana.id)).map((place) => place.organizationId).sort()).toEqual(
      [root.id, sibling.id].sort(),
    )
    for (const app of lost) {
      expect((await appRow(app.id)).ownerId).toBe(root.owner.id)
      expect(await movesOf(app.id)).toMatchObject([{ details: { trigger: 'rights-lost' } }])
    }
    expect((await appRow(kept.id)).ownerId).toBe(ana.id)
  })

  it('moves nothing where they still administer from above [P11]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const ana = await makeMember(root, 'administrator')
    await makeMembership(group, ana.id, 'developer')
    const app = await makeApp({ organization: group, ownerId: ana.id })
    expect(await removeMember(as(root.owner), { userId: ana.id, organizationId: group.id })).toEqual({
      movedApps: 0,
    })
    expect(await appRow(app.id)).toMatchObject({ ownerId: ana.id, version: 1, rotationDueSince: null })
  })

  it('lets the root’s owner go from a group, whose rights are inherited anyway', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    await makeMembership(group, root.owner.id, 'developer')
    await removeMember(as(root.owner), { userId: root.owner.id, organizationId: group.id })
    expect(await placesOf(root.owner.id)).toEqual([{ organizationId: root.id, role: 'administrator' }])
  })
})

describe('removing a person is refused', () => {
  it('for the owner of the root organization, saying what to do first [P15]', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    const other = await makeMember(root, 'administrator')
    for (const actor of [as(root.owner), as(other), SYSTEM]) {
      await expect(
        removeMember(actor, { userId: root.owner.id, organizationId: root.id }),
      ).rejects.toMatchObject({
        code: 'conflict',
        sentence: `${root.owner.fullName} owns Acme. Name another owner first.`,
      })
    }
    expect(await placesOf(root.owner.id)).toHaveLength(1)
  })

  it('to whoever does not administer that organization: developers, members, the group’s for the root, strangers, apps', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const stranger = await makeOrganization()
    const target = await makeMember(group)
    const lead = await makeMember(group, 'administrator')
    const app = await makeApp({ organization: root })
    const input = { userId: target.id, organizationId: root.id }
    const everything = ['organizations:read', 'connected-apps:write', 'authorizations:remove']
    for (const actor of [
      as(lead),
      as(target),
      as(await makeMember(root, 'developer')),
      asApp(app, everything, root),
      asThrough(root.owner, app, everything),
      as(
        await makeMember(root, 'administrator').then(async (former) => {
          await removeMember(as(root.owner), { userId: former.id, organizationId: root.id })
          return former
        }),
      ),
    ]) {
      await expect(removeMember(actor, input)).rejects.toMatchObject({ code: 'forbidden' })
    }
    await expect(removeMember(as(stranger.owner), input)).rejects.toMatchObject({ code: 'not-found' })
    await removeMember(as(lead), { ...input, organizationId: group.id })
    expect(await placesOf(target.id)).toEqual([{ organizationId: root.id, role: 'member' }])
  })

  it('in the same words for who has no place there and who does not exist', async () => {
    const root = await makeOrganization({ name: 'Acme' })
    const group = await makeBusinessGroup(root, { name: 'Sales' })
    const stranger = await makeOrganization()
    const member = await makeMember(root)
    const remove = (userId: Id<'user'>, organizationId = root.id) =>
      removeMember(as(root.owner), { userId, organizationId })
    const absent = { code: 'not-found', sentence: 'There is no such person in Acme.' }
    await expect(remove(stranger.owner.id)).rejects.toMatchObject(absent)
    await expect(remove(newId('user'))).rejects.toMatchObject(absent)
    await expect(remove(member.id, group.id)).rejects.toMatchObject({
      code: 'not-found',
      sentence: 'There is no such person in Sales.',
    })
    await expect(remove('usr_x' as Id<'user'>)).rejects.toMatchObject({ code: 'invalid' })
    expect(await placesOf(member.id)).toHaveLength(1)
  })
})

describe('at the same moment', () => {
  it('one of two administrators who remove each other stays', async () => {
    const root = await makeOrganization()
    const [ana, ben] = [await makeMember(root, 'administrator'), await makeMember(root, 'administrator')]
    const outcomes = await Promise.allSettled([
      removeMember(as(ana), { userId: ben.id, organizationId: root.id }),
      removeMember(as(ben), { userId: ana.id, organizationId: root.id }),
    ])
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect([...(await placesOf(ana.id)), ...(await placesOf(ben.id))]).toHaveLength(1)
  })

  it('a removal and another role leave no place and no app behind, whichever comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const root = await makeOrganization()
      const ana = await makeMember(root, 'administrator')
      const app = await makeApp({ organization: root, ownerId: ana.id })
      const here = { userId: ana.id, organizationId: root.id }
      const [removed, changed] = await Promise.allSettled([
        removeMember(as(root.owner), here),
        changeRole(as(root.owner), { ...here, role: 'developer' }),
      ])
      expect(removed.status).toBe('fulfilled')
      if (changed.status === 'rejected') expect(changed.reason).toMatchObject({ code: 'not-found' })
      expect(await placesOf(ana.id)).toEqual([])
      expect((await appRow(app.id)).ownerId).toBe(root.owner.id)
    }
  })

  it('a removal waits for an app that is being handed to who leaves, and takes it along', async () => {
    const root = await makeOrganization()
    const ana = await makeMember(root, 'developer')
    const app = await makeApp({ organization: root })
    const removal = await transaction(async (tx) => {
      await openApp(tx, as(root.owner), app.id, 'connected-apps.change-owner')
      await openPossibleOwner(tx, ana.id, root.id)
      const started = removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })
      let isOver = false
      const over = () => {
        isOver = true
      }
      started.then(over, over)
      while (!isOver && !(await isSomebodyWaitingFor(tx))) await new Promise(setImmediate)
      expect(isOver).toBe(false)
      await tx.update(connectedApps).set({ ownerId: ana.id }).where(eq(connectedApps.id, app.id))
      return { started }
    })
    expect(await removal.started).toEqual({ movedApps: 1 })
    expect((await appRow(app.id)).ownerId).toBe(root.owner.id)
  })

  it('an app that is created by or handed to who leaves is never left with them', async () => {
    for (let round = 0; round < 5; round += 1) {
      const root = await makeOrganization()
      const ana = await makeMember(root, 'developer')
      const handed = await makeApp({ organization: root })
      const outcomes = await Promise.allSettled([
        removeMember(as(root.owner), { userId: ana.id, organizationId: root.id }),
        updateApp(as(root.owner), { appId: handed.id, version: 1, ownerId: ana.id }),
        createApp(as(ana), {
          organizationId: root.id,
          name: 'At the last moment',
          actsAs: 'user',
          clientType: 'server',
          redirectUris: ['https://app.example.com/callback'],
          scopes: [],
        }),
      ])
      expect(outcomes[0].status).toBe('fulfilled')
      const theirs = await database().select().from(connectedApps).where(eq(connectedApps.ownerId, ana.id))
      expect(theirs).toEqual([])
    }
  })
})
