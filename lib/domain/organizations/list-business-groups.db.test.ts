import { describe, expect, it } from 'vitest'
import { as, asApp, asThrough } from '#test/actors'
import { makeApp, makeBusinessGroup, makeMember, makeMembership, makeOrganization } from '#test/factories'
import { countOwnedApps } from '../connected-apps/count-owned-apps.ts'
import { countPeople } from '../people/count-people.ts'
import { getOrganization } from './get-organization.ts'
import { listBusinessGroups } from './list-business-groups.ts'

async function makeTree() {
  const root = await makeOrganization({ name: 'Acme' })
  const sales = await makeBusinessGroup(root, { name: 'sales' })
  const care = await makeBusinessGroup(root, { name: 'Care' })
  const north = await makeBusinessGroup(sales, { name: 'North' })
  return { root, sales, care, north }
}

describe('the tree of business groups', () => {
  it('has each group after the one above it, siblings by name, with what is in each and below it', async () => {
    const { root, sales, north } = await makeTree()
    await makeMember(north, 'administrator')
    const both = await makeMember(north)
    await makeMembership(sales, both.id, 'member')
    await makeApp({ organization: sales })
    const tree = await listBusinessGroups(as(root.owner), root.id)
    expect(
      tree.map(({ name, depth, people, ownAdministrators, apps }) => [
        name,
        depth,
        people,
        ownAdministrators,
        apps,
      ]),
    ).toEqual([
      ['Acme', 0, 3, 1, 1],
      ['Care', 1, 0, 0, 0],
      // Somebody with places in both is one person.
      ['sales', 1, 2, 0, 1],
      ['North', 2, 2, 1, 0],
    ])
    // As the pages of each count them.
    for (const { id, apps } of tree) {
      expect(await countOwnedApps(as(root.owner), { organizationId: id })).toMatchObject({ total: apps })
    }
    expect(tree[0]?.people).toBe(await countPeople(as(root.owner), { organizationId: root.id }))
    const inSales = { organizationId: sales.id, filters: { placeId: sales.id } }
    expect(await countPeople(as(root.owner), inSales)).toBe(tree[2]?.people)
    // Listed there besides, with rights from above: the owner.
    expect(await countPeople(as(root.owner), { organizationId: sales.id })).toBe(3)
    expect(tree.map(({ mayRename, mayMove, mayDelete }) => [mayRename, mayMove, mayDelete])).toEqual([
      [true, false, false],
      [true, true, true],
      [true, true, true],
      [true, true, true],
    ])
  })

  it('is an administrator’s own branch alone; its top they neither move nor delete [P3]', async () => {
    const { root, sales, care, north } = await makeTree()
    const lead = await makeMember(sales, 'administrator')
    expect(await listBusinessGroups(as(lead), sales.id)).toMatchObject([
      { id: sales.id, depth: 0, parentId: root.id, mayRename: true, mayMove: false, mayDelete: false },
      { id: north.id, depth: 1, mayMove: true, mayDelete: true },
    ])
    for (const elsewhere of [root, care]) {
      await expect(listBusinessGroups(as(lead), elsewhere.id)).rejects.toMatchObject({ code: 'not-found' })
    }
    expect((await getOrganization(as(lead), root.id)).businessGroups).toEqual([
      { id: sales.id, name: 'sales' },
    ])
    await makeMembership(care, lead.id, 'member')
    expect((await getOrganization(as(lead), root.id)).businessGroups).toHaveLength(2)
    await expect(listBusinessGroups(as(lead), care.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('offers no group below the tenth level', async () => {
    const root = await makeOrganization()
    let place = root
    for (let level = 2; level <= 10; level += 1) place = await makeBusinessGroup(place)
    const tree = await listBusinessGroups(as(root.owner), root.id)
    expect(tree.filter(({ mayCreateBelow }) => !mayCreateBelow).map(({ id }) => id)).toEqual([place.id])
  })

  it('is nobody’s who administers nothing there: developers, members, strangers, and apps without the scope', async () => {
    const { root, sales } = await makeTree()
    for (const [actor, code] of [
      [as(await makeMember(root, 'developer')), 'not-found'],
      [as(await makeMember(root)), 'forbidden'],
      [as((await makeOrganization()).owner), 'not-found'],
      [asThrough(root.owner, await makeApp({ organization: root }), ['organizations:write']), 'not-found'],
    ] as const) {
      await expect(listBusinessGroups(actor, sales.id)).rejects.toMatchObject({ code })
    }
    const reader = asApp(await makeApp({ organization: root }), ['organizations:read'], sales)
    expect(await listBusinessGroups(reader, sales.id)).toHaveLength(2)
    await expect(listBusinessGroups(reader, root.id)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
