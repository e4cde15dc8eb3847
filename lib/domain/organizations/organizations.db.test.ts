import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '#lib/base/ids'
import { as, asApp, asThrough, SYSTEM } from '#test/actors'
import { database } from '#test/database'
import {
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { addMember } from './add-member.ts'
import { createBusinessGroup } from './create-business-group.ts'
import { createEnvironment } from './create-environment.ts'
import { createOrganization } from './create-organization.ts'

const eventsOf = (subjectId: string) =>
  database().select().from(events).where(eq(events.subjectId, subjectId))
const roleOf = async (userId: Id<'user'>, organizationId: Id<'organization'>) => {
  const [row] = await database()
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), eq(memberships.organizationId, organizationId)))
  return row?.role
}

describe('making a root organization', () => {
  it('makes its owner its administrator, whose home it becomes, and records it', async () => {
    const operator = await makeUser({ isOperator: true })
    const owner = await makeUser()
    const { organizationId } = await createOrganization(as(operator), {
      name: 'Northwind',
      ownerId: owner.id,
    })
    expect(await roleOf(owner.id, organizationId)).toBe('administrator')
    const [row] = await database().select().from(users).where(eq(users.id, owner.id))
    expect(row?.homeOrganizationId).toBe(organizationId)
    expect(await eventsOf(organizationId)).toMatchObject([
      { name: 'organization.created', actorUserId: operator.id, subjectName: 'Northwind' },
    ])
  })

  it('lets the operator see nothing inside it', async () => {
    const operator = await makeUser({ isOperator: true })
    const { id } = await makeOrganization()
    const input = { organizationId: id, userId: operator.id, role: 'administrator' } as const
    await expect(addMember(as(operator), input)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('refuses an administrator who is no operator, and an owner without an account', async () => {
    const { owner } = await makeOrganization()
    const input = { name: 'Another', ownerId: owner.id }
    await expect(createOrganization(as(owner), input)).rejects.toMatchObject({ code: 'forbidden' })
    const left = await makeUser()
    await database().update(users).set({ endedAt: new Date() }).where(eq(users.id, left.id))
    await expect(createOrganization(SYSTEM, { name: 'Another', ownerId: left.id })).rejects.toMatchObject({
      code: 'invalid',
      fields: { ownerId: expect.any(String) },
    })
  })
})

describe('making a business group', () => {
  it('gives whoever administers above it the same role in it, at any depth', async () => {
    const root = await makeOrganization()
    const outer = await createBusinessGroup(as(root.owner), { parentId: root.id, name: 'Sales' })
    const inner = await createBusinessGroup(as(root.owner), {
      parentId: outer.organizationId,
      name: 'Sales North',
    })
    const newcomer = await makeMember(root)
    await addMember(as(root.owner), {
      organizationId: inner.organizationId,
      userId: newcomer.id,
      role: 'developer',
    })
    expect(await roleOf(newcomer.id, inner.organizationId)).toBe('developer')
    expect(await roleOf(newcomer.id, root.id)).toBe('member')
    expect(await eventsOf(inner.organizationId)).toMatchObject([
      { name: 'business-group.created', rootOrganizationId: root.id, details: { parentName: 'Sales' } },
    ])
  })

  it('refuses a name a sibling has, but not one from elsewhere', async () => {
    const root = await makeOrganization()
    const other = await makeOrganization()
    await createBusinessGroup(as(root.owner), { parentId: root.id, name: 'Sales' })
    await createBusinessGroup(as(other.owner), { parentId: other.id, name: 'Sales' })
    await expect(
      createBusinessGroup(as(root.owner), { parentId: root.id, name: ' SALES ' }),
    ).rejects.toMatchObject({
      code: 'conflict',
      fields: { name: expect.any(String) },
    })
  })

  it('refuses members (forbidden), an administrator of a stranger organization (not found), and apps', async () => {
    const root = await makeOrganization()
    const member = await makeMember(root)
    const stranger = await makeOrganization()
    const input = { parentId: root.id, name: 'Sales' }
    await expect(createBusinessGroup(as(member), input)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(createBusinessGroup(as(stranger.owner), input)).rejects.toMatchObject({ code: 'not-found' })
    const app = asApp(await makeApp({ organization: root }), ['organizations:read'], root)
    await expect(createBusinessGroup(app, input)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('goes ten levels deep at most', async () => {
    const root = await makeOrganization()
    let parentId = root.id
    for (let depth = 1; depth < 10; depth += 1) {
      parentId = (await createBusinessGroup(as(root.owner), { parentId, name: `Level ${depth}` }))
        .organizationId
    }
    await expect(createBusinessGroup(as(root.owner), { parentId, name: 'Too deep' })).rejects.toMatchObject({
      code: 'limit-reached',
    })
  })
})

describe('giving a person a place', () => {
  it('records the role, and refuses a second place in the same organization', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const person = await makeMember(root)
    const input = { organizationId: group.id, userId: person.id, role: 'developer' } as const
    await addMember(as(root.owner), input)
    expect(await eventsOf(person.id)).toMatchObject([
      { name: 'membership.created', details: { role: 'developer' } },
    ])
    await expect(addMember(as(root.owner), input)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is for colleagues alone: nobody is taken in without their own yes, not by the root’s administrators [P128]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const lead = await makeMember(group, 'administrator')
    const colleague = await makeMember(root)
    const input = { organizationId: group.id, role: 'developer' } as const
    await addMember(as(lead), { ...input, userId: colleague.id })
    expect(await roleOf(colleague.id, group.id)).toBe('developer')
    const left = await makeMember(root)
    await database().update(memberships).set({ endedAt: new Date() }).where(eq(memberships.userId, left.id))
    const outsiders = [await makeMember(await makeOrganization()), await makeUser(), left]
    const provisioning = await makeApp({ organization: root, actsAs: 'itself', scopes: ['people:write'] })
    for (const outsider of outsiders) {
      for (const actor of [
        as(lead),
        as(root.owner),
        asThrough(root.owner, provisioning, ['people:write']),
        asApp(provisioning, ['people:write'], root, group),
      ]) {
        for (const { id } of [root, group]) {
          const taken = addMember(actor, { ...input, organizationId: id, userId: outsider.id })
          await expect(taken).rejects.toMatchObject(
            actor.kind === 'user' && actor.userId === lead.id && id === root.id
              ? { code: 'forbidden' }
              : { code: 'invalid', fields: { userId: expect.stringContaining('Invite') } },
          )
        }
      }
      expect(await eventsOf(outsider.id)).toEqual([])
    }
  })

  it('as an administrator is refused to an app whose owner is none there [P129]', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const [developer, colleague, other] = [
      await makeMember(group, 'developer'),
      await makeMember(root),
      await makeMember(root),
    ]
    const app = await makeApp({
      organization: group,
      ownerId: developer.id,
      actsAs: 'itself',
      scopes: ['people:write'],
    })
    const actor = asApp(app, ['people:write'], group)
    const input = { organizationId: group.id, userId: colleague.id } as const
    await expect(addMember(actor, { ...input, role: 'administrator' })).rejects.toMatchObject({
      code: 'forbidden',
      fields: { role: 'This app’s owner is no administrator there, so the app cannot make one.' },
    })
    await addMember(actor, { ...input, role: 'developer' })
    await database().update(connectedApps).set({ ownerId: root.owner.id }).where(eq(connectedApps.id, app.id))
    await addMember(actor, { ...input, userId: other.id, role: 'administrator' })
    expect(await roleOf(other.id, group.id)).toBe('administrator')
  })

  it('finds a colleague by username or e-mail address, and tells a stranger apart from nobody by no word', async () => {
    const root = await makeOrganization()
    const group = await makeBusinessGroup(root)
    const lead = await makeMember(group, 'administrator')
    const [ana, ben] = [await makeMember(root), await makeMember(root)]
    const input = { organizationId: group.id, role: 'developer', appsMax: 2 } as const
    const added = await addMember(as(lead), { ...input, login: ana.username.toUpperCase() })
    expect(added.userId).toBe(ana.id)
    await addMember(as(lead), { ...input, login: ` ${ben.email} ` })
    expect(await roleOf(ben.id, group.id)).toBe('developer')
    const stranger = await makeMember(await makeOrganization())
    for (const login of [stranger.username, stranger.email, 'nobody-at-all', 'nobody@example.com']) {
      await expect(addMember(as(lead), { ...input, login })).rejects.toMatchObject({
        code: 'invalid',
        fields: { login: 'Nobody of your organization has this username or e-mail address.' },
      })
    }
    for (const who of [{}, { login: ana.email, userId: ana.id }, { login: 'x'.repeat(1_000_000) }]) {
      await expect(addMember(as(lead), { ...input, ...who })).rejects.toMatchObject({ code: 'invalid' })
    }
    const member = { ...input, role: 'member', login: ana.email } as const
    await expect(addMember(as(lead), member)).rejects.toMatchObject({
      code: 'invalid',
      fields: { appsMax: 'Only developers have a quota.' },
    })
  })

  it('refuses a developer, and an administrator whose right was withdrawn a moment ago [P4]', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const former = await makeMember(root, 'administrator')
    const person = await makeUser()
    const input = { organizationId: root.id, userId: person.id, role: 'member' } as const
    await expect(addMember(as(developer), input)).rejects.toMatchObject({ code: 'forbidden' })
    await database().update(memberships).set({ endedAt: new Date() }).where(eq(memberships.userId, former.id))
    await expect(addMember(as(former), input)).rejects.toMatchObject({ code: 'forbidden' })
    const elsewhere = await makeOrganization()
    await makeMembership(elsewhere, former.id, 'administrator')
    await expect(addMember(as(former), input)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('giving an organization an environment', () => {
  it('refuses a name it has already, and whoever does not administer it', async () => {
    const root = await makeOrganization()
    const developer = await makeMember(root, 'developer')
    const input = { organizationId: root.id, name: 'Production', kind: 'production' } as const
    const { environmentId } = await createEnvironment(as(root.owner), input)
    expect(await eventsOf(environmentId)).toMatchObject([{ name: 'environment.created' }])
    await expect(createEnvironment(as(root.owner), input)).rejects.toMatchObject({ code: 'conflict' })
    await expect(createEnvironment(as(developer), input)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
