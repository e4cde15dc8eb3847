import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { groups } from '#db/schema/people'
import { type Id, newId } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { as, asApp, asThrough, SYSTEM } from '#test/actors'
import { database } from '#test/database'
import {
  type MadeOrganization,
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { removeMember } from '../offboarding/remove-member.ts'
import { addToGroup } from './add-to-group.ts'
import { createGroup } from './create-group.ts'
import { deleteGroup } from './delete-group.ts'
import { getGroup } from './get-group.ts'
import { listGroupPeople } from './list-group-people.ts'
import { listGroups } from './list-groups.ts'
import { removeFromGroup } from './remove-from-group.ts'
import { GROUPS_PER_ROOT_MAX } from './schema.ts'
import { updateGroup } from './update-group.ts'

const ABSENT = { code: 'not-found', sentence: 'There is no such group here.' }

const make = (root: MadeOrganization, name = 'Buyers') =>
  createGroup(as(root.owner), { rootOrganizationId: root.id, name })
const told = async (groupId: Id<'group'>) => {
  const rows = await database().select().from(events).where(eq(events.subjectId, groupId)).orderBy(events.id)
  return rows.map(({ name, details }) => ({ name, ...details }))
}
const namesIn = async (root: MadeOrganization, groupId: Id<'group'>) =>
  (await listGroupPeople(as(root.owner), { groupId })).people.map(({ fullName }) => fullName)

describe('a group of people', () => {
  it('is made, described, filled, emptied and deleted, each time recorded', async () => {
    const root = await makeOrganization()
    const [ana, ben] = [
      await makeMember(root, 'member', { fullName: 'Ana' }),
      await makeMember(root, 'developer', { fullName: 'Ben' }),
    ]
    const { groupId, version } = await make(root, ' Buyers ')
    const saved = await updateGroup(as(root.owner), { groupId, version, description: 'Who may buy.' })
    expect(await addToGroup(as(root.owner), { groupId, userIds: [ben.id, ana.id, ana.id] })).toEqual({
      added: 2,
    })
    expect(await addToGroup(as(root.owner), { groupId, userIds: [ana.id] })).toEqual({ added: 0 })
    expect(await namesIn(root, groupId)).toEqual(['Ana', 'Ben'])
    expect(await getGroup(as(root.owner), groupId)).toMatchObject({
      name: 'Buyers',
      description: 'Who may buy.',
      version: saved.version,
      people: 2,
    })
    await removeFromGroup(as(root.owner), { groupId, userId: ben.id })
    await removeFromGroup(as(root.owner), { groupId, userId: ben.id })
    expect((await listGroups(as(root.owner), { rootOrganizationId: root.id })).groups).toMatchObject([
      { id: groupId, people: 1 },
    ])
    await deleteGroup(as(root.owner), { groupId })
    expect(await told(groupId)).toMatchObject([
      { name: 'group.created' },
      { name: 'group.updated', changed: { description: { before: '', after: 'Who may buy.' } } },
      { name: 'group.people-added', people: 'Ana and Ben' },
      { name: 'group.person-removed', person: 'Ben' },
      { name: 'group.deleted' },
    ])
    await expect(getGroup(as(root.owner), groupId)).rejects.toMatchObject(ABSENT)
    expect((await make(root, 'BUYERS')).groupId).not.toBe(groupId)
  })

  it('has a name of its own in its organization, whatever its case, and of a hundred letters at most', async () => {
    const root = await makeOrganization()
    const { groupId } = await make(root)
    await expect(make(root, 'buyers')).rejects.toMatchObject({
      code: 'conflict',
      fields: { name: expect.any(String) },
    })
    await make(await makeOrganization())
    for (const name of ['', ' ', 'x'.repeat(1_000_000), 'a\u202eb']) {
      await expect(make(root, name)).rejects.toMatchObject({
        code: 'invalid',
        fields: { name: expect.any(String) },
      })
    }
    const other = await make(root, 'Sellers')
    await expect(
      updateGroup(as(root.owner), { groupId: other.groupId, version: 1, name: 'Buyers' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      updateGroup(as(root.owner), { groupId, version: 1, description: 'x'.repeat(1_000_000) }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  it('saved over somebody’s newer save is refused, and two at once are saved once', async () => {
    const root = await makeOrganization()
    const { groupId, version } = await make(root)
    const outcomes = await Promise.allSettled(
      ['One', 'Two', 'Three'].map((name) => updateGroup(as(root.owner), { groupId, version, name })),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(updateGroup(as(root.owner), { groupId, version, name: 'Four' })).rejects.toMatchObject({
      code: 'conflict',
      sentence: expect.stringMatching(/^You changed the name in another tab\./),
      isOvertaken: true,
    })
    const { name, version: now } = await getGroup(as(root.owner), groupId)
    expect(await updateGroup(as(root.owner), { groupId, version: now, name })).toEqual({ version: now })
  })

  it('takes people of its own organization alone, the same words for a stranger as for nobody, all or none', async () => {
    const root = await makeOrganization()
    const { groupId } = await make(root)
    const ana = await makeMember(root)
    const stranger = await makeMember(await makeOrganization())
    for (const userId of [stranger.id, newId('user')]) {
      await expect(addToGroup(as(root.owner), { groupId, userIds: [ana.id, userId] })).rejects.toMatchObject({
        code: 'invalid',
        fields: { userIds: expect.stringContaining('no place in it') },
      })
    }
    expect(await namesIn(root, groupId)).toEqual([])
  })

  it('loses who leaves the organization for good: coming back brings nobody back', async () => {
    const root = await makeOrganization()
    const { groupId } = await make(root)
    const elsewhere = await makeOrganization()
    const ana = await makeMember(root)
    await makeMembership(elsewhere, ana.id, 'member')
    const other = await make(elsewhere)
    await addToGroup(as(root.owner), { groupId, userIds: [ana.id] })
    await addToGroup(as(elsewhere.owner), { groupId: other.groupId, userIds: [ana.id] })
    await removeMember(as(root.owner), { userId: ana.id, organizationId: root.id })
    await makeMembership(root, ana.id, 'member')
    expect(await namesIn(root, groupId)).toEqual([])
    expect(await namesIn(elsewhere, other.groupId)).toEqual([ana.fullName])
  })

  it('never keeps somebody who leaves while they are added', async () => {
    for (let round = 0; round < 4; round += 1) {
      const root = await makeOrganization()
      const { groupId } = await make(root)
      const ana = await makeMember(root)
      await Promise.allSettled([
        addToGroup(as(root.owner), { groupId, userIds: [ana.id] }),
        removeMember(as(root.owner), { userId: ana.id, organizationId: root.id }),
      ])
      await makeMembership(root, ana.id, 'member')
      expect(await namesIn(root, groupId)).toEqual([])
    }
  })

  it('is one of at most a thousand, counted also for two at once', async () => {
    const root = await makeOrganization()
    const rows = Array.from({ length: GROUPS_PER_ROOT_MAX - 1 }, (_, at) => ({
      id: newId('group'),
      rootOrganizationId: root.id,
      name: `Group ${at}`,
    }))
    await database().insert(groups).values(rows)
    const outcomes = await Promise.allSettled(['One', 'Two', 'Three'].map((name) => make(root, name)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(make(root, 'Four')).rejects.toMatchObject({ code: 'limit-reached' })
  })

  it('is listed by name, searched, and paged to the end', async () => {
    const root = await makeOrganization()
    const rows = Array.from({ length: 55 }, (_, at) => ({
      id: newId('group'),
      rootOrganizationId: root.id,
      name: `${at % 2 ? 'group' : 'Group'} ${String(at).padStart(2, '0')}`,
      description: at === 7 ? 'Seven of them' : '',
    }))
    await database().insert(groups).values(rows)
    const first = await listGroups(SYSTEM, { rootOrganizationId: root.id })
    const second = await listGroups(SYSTEM, { rootOrganizationId: root.id, cursor: first.next })
    expect([...first.groups, ...second.groups].map(({ name }) => name)).toEqual(rows.map(({ name }) => name))
    expect([first.total, second.next]).toEqual([55, null])
    const found = await listGroups(SYSTEM, { rootOrganizationId: root.id, search: 'seven OF' })
    expect(found.groups.map(({ name }) => name)).toEqual(['group 07'])
  })

  it('pages its people to the end', async () => {
    const root = await makeOrganization()
    const { groupId } = await make(root)
    const people = await Promise.all(
      Array.from({ length: 53 }, (_, at) =>
        makeMember(root, 'member', { fullName: `Paged ${String(at).padStart(2, '0')}` }),
      ),
    )
    await addToGroup(as(root.owner), { groupId, userIds: people.map(({ id }) => id) })
    const first = await listGroupPeople(as(root.owner), { groupId })
    const second = await listGroupPeople(as(root.owner), { groupId, cursor: first.next })
    expect([...first.people, ...second.people].map(({ id }) => id)).toEqual(people.map(({ id }) => id))
    const found = await listGroupPeople(as(root.owner), { groupId, search: 'paged 07' })
    expect(found.people).toHaveLength(1)
  })
})

describe('groups are refused', () => {
  it('to everybody but administrators of the root organization, and to strangers as if there were none', async () => {
    const root = await makeOrganization()
    const sales = await makeBusinessGroup(root)
    const app = await makeApp({ organization: root })
    const { groupId } = await make(root)
    const ana = await makeMember(root)
    const inside = [
      as(ana),
      as(await makeMember(root, 'developer')),
      as(await makeMember(sales, 'administrator')),
      as(await makeUser({ isOperator: true })),
      asThrough(root.owner, app, ['people:read']),
    ]
    for (const actor of inside) {
      const acts = [
        createGroup(actor, { rootOrganizationId: root.id, name: 'Others' }),
        updateGroup(actor, { groupId, version: 1, name: 'Others' }),
        addToGroup(actor, { groupId, userIds: [ana.id] }),
        removeFromGroup(actor, { groupId, userId: ana.id }),
        deleteGroup(actor, { groupId }),
      ]
      for (const act of await Promise.allSettled(acts)) {
        expect(act.status === 'rejected' && isRefusal(act.reason) && act.reason.code).toMatch(
          /^(forbidden|not-found)$/,
        )
      }
    }
    for (const actor of inside.slice(0, 4)) {
      for (const look of await Promise.allSettled([
        listGroups(actor, { rootOrganizationId: root.id }),
        getGroup(actor, groupId),
        listGroupPeople(actor, { groupId }),
      ])) {
        expect(look.status === 'rejected' && isRefusal(look.reason)).toBe(true)
      }
    }
    const { owner } = await makeOrganization()
    for (const id of [groupId, newId('group')]) {
      await expect(getGroup(as(owner), id)).rejects.toMatchObject(ABSENT)
      await expect(updateGroup(as(owner), { groupId: id, version: 1 })).rejects.toMatchObject(ABSENT)
      await expect(addToGroup(as(owner), { groupId: id, userIds: [owner.id] })).rejects.toMatchObject(ABSENT)
      await expect(removeFromGroup(as(owner), { groupId: id, userId: ana.id })).rejects.toMatchObject(ABSENT)
      await expect(deleteGroup(as(owner), { groupId: id })).rejects.toMatchObject(ABSENT)
      await expect(listGroupPeople(as(owner), { groupId: id })).rejects.toMatchObject(ABSENT)
    }
    expect(await told(groupId)).toHaveLength(1)
    const script = asApp(app, ['people:read', 'people:write'], root)
    await updateGroup(script, { groupId, version: 1, name: 'By a script' })
    expect(await getGroup(script, groupId)).toMatchObject({ name: 'By a script' })
  })

  it('in a business group: they belong to the root organization', async () => {
    const root = await makeOrganization()
    const sales = await makeBusinessGroup(root)
    const input = { rootOrganizationId: sales.id, name: 'Buyers' }
    await expect(createGroup(as(root.owner), input)).rejects.toMatchObject({ code: 'not-found' })
    await expect(listGroups(as(root.owner), { rootOrganizationId: sales.id })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
