import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '#lib/base/ids'
import { as, asApp, asThrough } from '#test/actors'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import type { Actor } from '../permissions/actor.ts'
import { changeRole } from './change-role.ts'
import { deleteBusinessGroup } from './delete-business-group.ts'
import { moveBusinessGroup } from './move-business-group.ts'
import { previewGroupDeletion } from './preview-group-deletion.ts'
import { previewMove } from './preview-move.ts'
import { previewRemoval } from './preview-removal.ts'
import { previewRoleChange } from './preview-role-change.ts'
import { removeMember } from './remove-member.ts'

const SCOPES = ['people:write', 'organizations:write']

/** An app that resides in Sales, what it registered, and a person in Sales who owns the one or the other. */
async function makeScene(owned: 'itself' | 'its child' | 'another') {
  const root = await makeOrganization()
  const sales = await makeBusinessGroup(root)
  const care = await makeBusinessGroup(root)
  const ana = await makeMember(sales, 'developer')
  const home = owned === 'its child' ? sales : care
  const asking = await makeApp({
    organization: owned === 'itself' ? sales : care,
    actsAs: 'itself',
    scopes: SCOPES,
    ...(owned === 'itself' ? { ownerId: ana.id } : {}),
  })
  const between = await makeApp({ organization: care, registeredByAppId: asking.id })
  const child = await makeApp({
    organization: home,
    registeredByAppId: between.id,
    ...(owned === 'its child' ? { ownerId: ana.id } : {}),
  })
  const other = await makeApp({ organization: sales, ownerId: ana.id })
  const actors = [
    asApp(asking, SCOPES, root, sales, care),
    asThrough(root.owner, asking, [...SCOPES, 'people:read', 'organizations:read']),
  ]
  return { root, sales, care, ana, asking, child, other, actors }
}
type Scene = Awaited<ReturnType<typeof makeScene>>

const ACTS: Record<string, (actor: Actor, scene: Scene) => Promise<unknown>> = {
  'removes somebody': (actor, { ana, sales }) =>
    removeMember(actor, { userId: ana.id, organizationId: sales.id }),
  'removes somebody from the root': (actor, { ana, root }) =>
    removeMember(actor, { userId: ana.id, organizationId: root.id }),
  'takes a role': (actor, { ana, sales }) =>
    changeRole(actor, { userId: ana.id, organizationId: sales.id, role: 'member' }),
  'moves a business group': (actor, { sales, care }) =>
    moveBusinessGroup(actor, { organizationId: sales.id, parentId: care.id, version: 1 }),
  'deletes a business group': (actor, { sales }) =>
    deleteBusinessGroup(actor, { organizationId: sales.id, name: sales.name, appsTo: 'parent' }),
  'looks before removing': (actor, { ana, sales }) =>
    previewRemoval(actor, { userId: ana.id, organizationId: sales.id }),
  'looks before taking a role': (actor, { ana, sales }) =>
    previewRoleChange(actor, { userId: ana.id, organizationId: sales.id, role: 'member' }),
  'looks before moving': (actor, { sales, care }) =>
    previewMove(actor, { organizationId: sales.id, parentId: care.id }),
  'looks before deleting': (actor, { sales }) => previewGroupDeletion(actor, sales.id),
}
const rowOf = async (appId: Id<'app'>) => {
  const [row] = await database().select().from(connectedApps).where(eq(connectedApps.id, appId))
  return { ownerId: row?.ownerId, organizationId: row?.organizationId, version: row?.version }
}

describe('an app that acts on people and business groups', () => {
  describe.each(['itself', 'its child'] as const)('which would give %s other people to rule it', (owned) => {
    it.each(Object.keys(ACTS))('is refused when it %s, for itself or for a person [P131]', async (name) => {
      const scene = await makeScene(owned)
      const { asking, child, other, actors } = scene
      const before = await Promise.all([asking, child, other].map(({ id }) => rowOf(id)))
      for (const actor of actors) {
        await expect(ACTS[name]?.(actor, scene)).rejects.toMatchObject({
          code: 'forbidden',
          sentence: expect.stringContaining((owned === 'itself' ? asking : child).name),
        })
      }
      expect(await Promise.all([asking, child, other].map(({ id }) => rowOf(id)))).toEqual(before)
      expect(await database().select().from(events).where(eq(events.appId, other.id))).toEqual([])
      // A person may, in the console.
      await ACTS[name]?.(as(scene.root.owner), scene)
    })
  })

  it.each(Object.keys(ACTS))(
    'may, where neither it nor its children are touched, when it %s',
    async (name) => {
      const scene = await makeScene('another')
      for (const actor of scene.actors.slice(name.startsWith('looks') ? 0 : 1)) {
        await ACTS[name]?.(actor, scene)
      }
    },
  )

  it('makes no administrator where its owner is none [P129]', async () => {
    const root = await makeOrganization()
    const [ana, ben] = [await makeMember(root, 'developer'), await makeMember(root)]
    const app = await makeApp({ organization: root, ownerId: ana.id, actsAs: 'itself', scopes: SCOPES })
    const actor = asApp(app, SCOPES, root)
    for (const person of [ana, ben]) {
      const wish = { userId: person.id, organizationId: root.id, role: 'administrator' } as const
      for (const act of [changeRole, previewRoleChange]) {
        await expect(act(actor, wish)).rejects.toMatchObject({
          code: 'forbidden',
          fields: { role: expect.stringContaining('owner is no administrator') },
        })
      }
    }
    await changeRole(actor, { userId: ben.id, organizationId: root.id, role: 'developer' })
    await changeRole(as(root.owner), { userId: ana.id, organizationId: root.id, role: 'administrator' })
    await changeRole(actor, { userId: ben.id, organizationId: root.id, role: 'administrator' })
  })
})
