import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { memberships, organizations } from '#db/schema/organizations'
import type { Actor } from '#lib/domain/permissions/actor'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import {
  makeApp,
  makeBusinessGroup,
  makeMember,
  makeMembership,
  makeOrganization,
  makeUser,
} from '#test/factories'
import { createEnvironment } from './create-environment.ts'
import { getOrganization } from './get-organization.ts'
import { listOrganizationsOf } from './list-organizations-of.ts'

const seenBy = async (actor: Actor) =>
  (await listOrganizationsOf(actor)).map(({ name, role }) => `${name}: ${role}`)

async function makeTree() {
  const root = await makeOrganization({ name: 'Northwind' })
  const sales = await makeBusinessGroup(root, { name: 'Sales' })
  const north = await makeBusinessGroup(sales, { name: 'North' })
  const support = await makeBusinessGroup(root, { name: 'Support' })
  return { root, sales, north, support }
}

describe('the organizations of a person', () => {
  it('are the whole tree with the inherited role, for a root administrator', async () => {
    const { root } = await makeTree()
    expect(await seenBy(as(root.owner))).toEqual([
      'Northwind: administrator',
      'Sales: administrator',
      'Support: administrator',
      'North: administrator',
    ])
  })

  it('are the root and their own branch, for an administrator of a business group', async () => {
    const { sales } = await makeTree()
    const lead = await makeMember(sales, 'administrator')
    expect(await seenBy(as(lead))).toEqual([
      'Northwind: member',
      'Sales: administrator',
      'North: administrator',
    ])
  })

  it('are the places a plain member has, in every root, without suspended or ended ones', async () => {
    const { root, sales } = await makeTree()
    const member = await makeMember(sales)
    const second = await makeOrganization({ name: 'Contoso' })
    await makeMembership(second, member.id, 'developer')
    expect(await seenBy(as(member))).toEqual(['Contoso: developer', 'Northwind: member', 'Sales: member'])
    await database()
      .update(organizations)
      .set({ suspendedAt: new Date() })
      .where(eq(organizations.id, second.id))
    await database().update(organizations).set({ endedAt: new Date() }).where(eq(organizations.id, sales.id))
    expect(await seenBy(as(member))).toEqual(['Northwind: member'])
    await database()
      .update(memberships)
      .set({ endedAt: new Date() })
      .where(eq(memberships.organizationId, root.id))
    expect(await seenBy(as(member))).toEqual([])
  })

  it('are for an app the ones chosen for it, and for a person’s app the root it was authorized in', async () => {
    const { root, sales } = await makeTree()
    const other = await makeOrganization({ name: 'Contoso', owner: root.owner })
    const robot = await makeApp({ organization: root })
    expect(await seenBy(asApp(robot, ['organizations:read'], sales))).toEqual(['Sales: null'])
    expect(await seenBy(asApp(robot, ['audit:read'], sales))).toEqual([])
    const inOther = asThrough(root.owner, robot, ['organizations:read'], other.id)
    expect(await seenBy(inOther)).toEqual(['Contoso: administrator'])
    expect(await seenBy(asThrough(root.owner, robot, ['openid']))).toEqual([])
  })
})

describe('one organization', () => {
  it('shows its groups, its environments and what the person may do there', async () => {
    const { root, sales } = await makeTree()
    await createEnvironment(as(root.owner), {
      organizationId: root.id,
      name: 'Production',
      kind: 'production',
    })
    const seen = await getOrganization(as(root.owner), root.id)
    expect(seen).toMatchObject({
      name: 'Northwind',
      parentId: null,
      root: { id: root.id, owner: { id: root.owner.id } },
      businessGroups: [{ name: 'Sales' }, { name: 'Support' }],
      environments: [{ name: 'Production', kind: 'production' }],
    })
    expect(seen.abilities).toContain('allowlist.change-policy')
    const lead = await makeMember(sales, 'administrator')
    const below = await getOrganization(as(lead), sales.id)
    expect(below.abilities).toContain('connected-apps.create')
    expect(below.abilities).not.toContain('allowlist.view')
  })

  it('looks absent to people who govern elsewhere, and is forbidden to apps not let in there [P85]', async () => {
    const { root, sales } = await makeTree()
    const stranger = await makeOrganization()
    await expect(getOrganization(as(stranger.owner), root.id)).rejects.toMatchObject({ code: 'not-found' })
    const operator = await makeUser({ isOperator: true })
    await expect(getOrganization(as(operator), root.id)).rejects.toMatchObject({ code: 'forbidden' })
    const robot = asApp(await makeApp({ organization: root }), ['organizations:read'], sales)
    await getOrganization(robot, sales.id)
    for (const id of [root.id, stranger.id, 'org_01h455vb4pex5vsknk084sn02q' as const]) {
      await expect(getOrganization(robot, id)).rejects.toMatchObject({ code: 'forbidden' })
    }
  })
})
