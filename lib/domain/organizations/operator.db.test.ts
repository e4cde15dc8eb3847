import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { readEnvironment, setEnvironment } from '#lib/base/env'
import { isRefusal } from '#lib/base/refusal'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization, makeUser } from '#test/factories'
import { mailsTo, tokenSentTo } from '#test/outbox'
import { getApp } from '../connected-apps/get-app.ts'
import { listOwnedApps } from '../connected-apps/list-owned-apps.ts'
import { PERMISSIONS, type Permission } from '../permissions/catalogue.ts'
import { check } from '../permissions/check.ts'
import { resetPassword } from '../users/reset-password.ts'
import { verifySignIn } from '../users/verify-sign-in.ts'
import { addMember } from './add-member.ts'
import { createOrganization } from './create-organization.ts'
import { getOrganization } from './get-organization.ts'
import { getSettings } from './get-settings.ts'
import { limitApps } from './limit-apps.ts'
import { listBusinessGroups } from './list-business-groups.ts'
import { listOrganizationsOf } from './list-organizations-of.ts'
import { listRoots } from './list-roots.ts'
import { resumeOrganization } from './resume-organization.ts'
import { suspendOrganization } from './suspend-organization.ts'

setEnvironment(readEnvironment({ PUBLIC_URL: 'https://apps.example.org' }))

const eventsOf = (subjectId: string) =>
  database().select().from(events).where(eq(events.subjectId, subjectId)).orderBy(events.id)

describe('the operator', () => {
  it('sees root organizations from outside: name, owner, and how many people and apps', async () => {
    const operator = await makeUser({ isOperator: true })
    const word = operator.username
    const root = await makeOrganization({ name: `Zeta ${word}` })
    await makeMember(await makeBusinessGroup(root), 'developer')
    await makeApp({ organization: root })
    const { rows, total } = await listRoots(as(operator), { search: `zeta ${word}` })
    expect(total).toBe(1)
    expect(rows).toEqual([
      {
        id: root.id,
        name: root.name,
        owner: {
          id: root.owner.id,
          fullName: root.owner.fullName,
          username: root.owner.username,
          email: root.owner.email,
        },
        people: 2,
        apps: 1,
        appsMax: 2000,
        createdAt: expect.any(Date),
        suspended: null,
      },
    ])
  })

  it('pages through them by name, each once', async () => {
    const operator = await makeUser({ isOperator: true })
    const word = operator.username
    const owner = await makeUser()
    const names = Array.from({ length: 53 }, (_, at) => `${word} ${String(at).padStart(2, '0')}`)
    for (const name of names) await makeOrganization({ name, owner })
    const first = await listRoots(as(operator), { search: word })
    const second = await listRoots(as(operator), { search: word, cursor: first.next })
    expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual(names)
    expect([first.total, second.next]).toEqual([53, null])
    await expect(listRoots(as(operator), { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('makes one for somebody who has an account, found by username or e-mail address [AM-34]', async () => {
    const operator = await makeUser({ isOperator: true })
    const owner = await makeUser()
    for (const ownerLogin of [owner.username.toUpperCase(), owner.email]) {
      const { organizationId } = await createOrganization(as(operator), { name: 'Northwind', ownerLogin })
      expect(await getSettings(as(owner), organizationId)).toMatchObject({
        rules: { owner: { id: owner.id } },
      })
    }
    for (const input of [
      { name: 'Nobody’s', ownerLogin: 'nobody@nowhere.example' },
      { name: 'Nobody’s' },
      { name: 'Two’s', ownerLogin: owner.email, ownerId: owner.id },
    ]) {
      await expect(createOrganization(as(operator), input)).rejects.toMatchObject({
        code: 'invalid',
        fields: { ownerLogin: expect.any(String) },
      })
    }
  })

  it('makes one for somebody new, who alone is sent a link to choose a password', async () => {
    const operator = await makeUser({ isOperator: true })
    const word = operator.username
    const newOwner = { fullName: 'Nora Lind', username: `nora-${word}`, email: `nora-${word}@example.com` }
    const { organizationId } = await createOrganization(as(operator), { name: 'Norwood', newOwner })
    const [nora] = await database().select().from(users).where(eq(users.username, newOwner.username))
    expect(nora).toMatchObject({ passwordHash: null, homeOrganizationId: organizationId })
    const visitor = { ip: '203.0.113.77' }
    await expect(
      verifySignIn(visitor, { login: newOwner.email, password: 'not chosen yet' }),
    ).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await mailsTo(newOwner.email)).toMatchObject([
      { kind: 'new-owner', subject: 'Norwood is yours to look after' },
    ])
    expect(await mailsTo(operator.email)).toEqual([])
    const token = await tokenSentTo(newOwner.email, 'new-owner')
    await resetPassword(visitor, { token, newPassword: 'four words make a gate' })
    const signedIn = await verifySignIn(visitor, {
      login: newOwner.email,
      password: 'four words make a gate',
    })
    expect(
      await listOrganizationsOf({ kind: 'user', userId: signedIn.userId, name: 'Nora Lind' }),
    ).toMatchObject([{ id: organizationId, role: 'administrator' }])
    for (const taken of [
      { ...newOwner, email: `other-${word}@example.com` },
      { ...newOwner, username: `other-${word}` },
    ]) {
      await expect(
        createOrganization(as(operator), { name: 'Norwood', newOwner: taken }),
      ).rejects.toMatchObject({ code: 'conflict' })
    }
    expect((await listRoots(as(operator), { search: 'Norwood' })).total).toBe(1)
  })

  it('says how many apps one may have, which is recorded there', async () => {
    const operator = await makeUser({ isOperator: true })
    const root = await makeOrganization()
    await limitApps(as(operator), { rootOrganizationId: root.id, appsMax: 5 })
    await limitApps(as(operator), { rootOrganizationId: root.id, appsMax: 5 })
    expect(await getSettings(as(root.owner), root.id)).toMatchObject({ rules: { appsMax: 5 } })
    expect(await eventsOf(root.id)).toMatchObject([
      { name: 'organization.apps-limit-changed', details: { before: 2000, after: 5 } },
    ])
    for (const appsMax of [0, 100_001, 2.5]) {
      await expect(limitApps(as(operator), { rootOrganizationId: root.id, appsMax })).rejects.toMatchObject({
        code: 'invalid',
        fields: { appsMax: expect.any(String) },
      })
    }
  })
})

describe('suspending a root organization', () => {
  it('takes every right in it, for its people, its groups’ and its apps; resuming gives all of them back [AM-34]', async () => {
    const operator = await makeUser({ isOperator: true })
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const lead = await makeMember(group, 'administrator')
    const member = await makeMember(root)
    const app = await makeApp({ organization: group })
    const asked = () =>
      Promise.all(
        [
          getApp(as(lead), app.id),
          listOwnedApps(as(root.owner), { organizationId: root.id, sort: 'name', filters: {} }),
          getOrganization(as(root.owner), root.id),
          addMember(as(root.owner), { organizationId: group.id, userId: member.id, role: 'member' }),
        ].map((one) => one.then(() => 'done').catch((thrown) => (isRefusal(thrown) ? thrown.code : 'bug'))),
      )
    await suspendOrganization(as(operator), { rootOrganizationId: root.id })
    await suspendOrganization(as(operator), { rootOrganizationId: root.id })
    expect(await asked()).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden'])
    expect(await listOrganizationsOf(as(root.owner))).toEqual([])
    await resumeOrganization(as(operator), { rootOrganizationId: root.id })
    await resumeOrganization(as(operator), { rootOrganizationId: root.id })
    expect(await asked()).toEqual(['done', 'done', 'done', 'done'])
    expect((await eventsOf(root.id)).map(({ name, actorUserId }) => [name, actorUserId])).toEqual([
      ['organization.suspended', operator.id],
      ['organization.resumed', operator.id],
    ])
  })

  it('shows who did it and when', async () => {
    const operator = await makeUser({ isOperator: true })
    const root = await makeOrganization({ name: `Idle ${operator.username}` })
    await suspendOrganization(as(operator), { rootOrganizationId: root.id })
    expect((await listRoots(as(operator), { search: root.name })).rows).toMatchObject([
      { suspended: { at: expect.any(Date), by: operator.fullName } },
    ])
  })
})

describe('the operator’s acts', () => {
  it('are refused to owners, members, strangers, and apps, also one acting for an operator', async () => {
    const operator = await makeUser({ isOperator: true })
    const root = await makeOrganization()
    const app = await makeApp({ organization: root })
    const every = Object.keys(PERMISSIONS).flatMap((name) => PERMISSIONS[name as Permission].scope ?? [])
    for (const actor of [
      as(root.owner),
      as(await makeMember(root)),
      as(await makeUser()),
      asApp(app, every, root),
      asThrough(operator, app, every),
    ]) {
      for (const act of [
        () => listRoots(actor),
        () => createOrganization(actor, { name: 'Mine', ownerLogin: root.owner.username }),
        () => suspendOrganization(actor, { rootOrganizationId: root.id }),
        () => resumeOrganization(actor, { rootOrganizationId: root.id }),
        () => limitApps(actor, { rootOrganizationId: root.id, appsMax: 100_000 }),
      ]) {
        await expect(act()).rejects.toMatchObject({ code: 'forbidden' })
      }
    }
    const [row] = await database().select().from(organizations).where(eq(organizations.id, root.id))
    expect(row).toMatchObject({ suspendedAt: null, appsMax: 2000 })
  })

  it('reach root organizations alone: not a business group, and nothing that is not there', async () => {
    const operator = await makeUser({ isOperator: true })
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const input = { rootOrganizationId: group.id }
    await expect(suspendOrganization(as(operator), input)).rejects.toMatchObject({ code: 'not-found' })
    await expect(resumeOrganization(as(operator), input)).rejects.toMatchObject({ code: 'not-found' })
    await expect(limitApps(as(operator), { ...input, appsMax: 1 })).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(
      suspendOrganization(as(operator), { rootOrganizationId: 'org_x' as never }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  it('give them no right inside: not one permission of the catalogue, before, while and after they suspend it [AM-34]', async () => {
    const operator = await makeUser({ isOperator: true })
    const root = await makeOrganization()
    const inside = (Object.keys(PERMISSIONS) as Permission[]).filter(
      (name) => !(PERMISSIONS[name].heldBy as readonly string[]).includes('operator'),
    )
    const place = { organizationId: root.id, rootOrganizationId: root.id, ownerId: operator.id }
    const held = async () => {
      const asked = inside.map((name) =>
        check(database(), as(operator), name, place).then(
          () => [name],
          () => [],
        ),
      )
      return (await Promise.all(asked)).flat()
    }
    const sees = () =>
      Promise.allSettled([
        getOrganization(as(operator), root.id),
        getSettings(as(operator), root.id),
        listBusinessGroups(as(operator), root.id),
      ])
    for (const act of [
      async () => undefined,
      () => limitApps(as(operator), { rootOrganizationId: root.id, appsMax: 10 }),
      () => suspendOrganization(as(operator), { rootOrganizationId: root.id }),
      () => resumeOrganization(as(operator), { rootOrganizationId: root.id }),
    ]) {
      await act()
      expect(await held()).toEqual([])
      expect((await sees()).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    }
    expect(inside.length).toBeGreaterThan(20)
  })
})
