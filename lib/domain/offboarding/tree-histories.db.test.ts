import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { appContexts } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { type Id, uuidOf } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { as } from '#test/actors'
import { makeApi, makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { rounds } from '#test/rounds'
import { createApp } from '../connected-apps/create-app.ts'
import { createBusinessGroup } from '../organizations/create-business-group.ts'
import { updateOrganization } from '../organizations/update-organization.ts'
import type { Role } from '../permissions/standing.ts'
import { changeRole } from './change-role.ts'
import { deleteBusinessGroup } from './delete-business-group.ts'
import { moveBusinessGroup } from './move-business-group.ts'
import { previewMove } from './preview-move.ts'

/** How many places there may be to choose from: the root, three groups at first, and what a history makes. */
const PLACES = 7
const PEOPLE = 3

type Step =
  | { kind: 'make' | 'rename' | 'drop'; place: number; word: number }
  | { kind: 'move'; place: number; to: number }
  | { kind: 'app'; place: number; to: number; person: number }
  | { kind: 'role'; place: number; person: number; role: Role }

const place = fc.nat(PLACES - 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('make' as const, 'rename' as const, 'drop' as const),
      place,
      word: fc.nat(3),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('move' as const), place, to: place }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('app' as const), place, to: place, person: fc.nat(PEOPLE - 1) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('role' as const),
      place,
      person: fc.nat(PEOPLE - 1),
      role: fc.constantFrom<Role[]>('administrator', 'developer', 'member'),
    }),
  },
)

let named = 0

async function world() {
  const root = await makeOrganization()
  const [scope = ''] = await makeApi(root, [{ needsOrganization: true }])
  const outer = await makeBusinessGroup(root)
  const inner = await makeBusinessGroup(outer)
  const other = await makeBusinessGroup(root)
  const people = [
    await makeMember(outer, 'developer'),
    await makeMember(inner, 'administrator'),
    await makeMember(other, 'developer'),
  ]
  const places: Id<'organization'>[] = [root.id, outer.id, inner.id, other.id]
  const owner = as(root.owner)
  // Apps that a move takes something from at once: an owner whose right comes from above, a place below the residence.
  const [fromAbove, own, beside] = people
  await makeApp({ organization: inner, ownerId: fromAbove?.id })
  await makeApp({ organization: inner, ownerId: own?.id })
  await makeApp({ organization: other, ownerId: beside?.id })
  const robot = await makeApp({
    organization: outer,
    ownerId: fromAbove?.id,
    actsAs: 'itself',
    scopes: ['profile', scope],
  })
  await database()
    .insert(appContexts)
    .values([outer, inner].map(({ id }) => ({ appId: robot.id, scope, organizationId: id })))
  const at = (index: number) => places[index % places.length] as Id<'organization'>
  const rowOf = async (id: Id<'organization'>) => {
    const [row] = await database().select().from(organizations).where(eq(organizations.id, id))
    if (!row) throw new Error('Organizations are never deleted.')
    return row
  }

  const happen = async (now: Step): Promise<unknown> => {
    const organizationId = at(now.place)
    const { name, version } = await rowOf(organizationId)
    switch (now.kind) {
      case 'make': {
        const made = await createBusinessGroup(owner, { parentId: organizationId, name: `Named ${now.word}` })
        return places.push(made.organizationId)
      }
      case 'rename':
        return updateOrganization(owner, { organizationId, version, name: `Named ${now.word}` })
      case 'drop':
        return deleteBusinessGroup(owner, { organizationId, name, appsTo: 'parent' })
      case 'move':
        return moveBusinessGroup(owner, { organizationId, parentId: at(now.to), version })
      case 'app': {
        named += 1
        // Only an administrator hands an app to somebody else; its places lie where it resides or below.
        return createApp(owner, {
          organizationId,
          ownerId: people[now.person]?.id,
          name: `Of a tree ${named}`,
          actsAs: 'itself',
          scopes: [scope],
          contexts: [{ scope, organizationId: at(now.to) }],
        })
      }
      case 'role':
        return changeRole(owner, {
          userId: people[now.person]?.id ?? root.owner.id,
          organizationId,
          role: now.role,
        })
    }
  }
  return { root, at, owner, happen }
}

async function attempt(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    (thrown: unknown) => {
      if (!isRefusal(thrown)) throw thrown
      return false
    },
  )
}

/** What may never be so in a tree. */
async function broken(rootId: Id<'organization'>): Promise<Record<string, unknown[]>> {
  const id = uuidOf(rootId)
  const lines = sql`
    with recursive line as (
      select o.id as organization_id, o.id as ancestor_id, o.parent_id, 0 as depth
      from organizations o where o.root_organization_id = ${id}::uuid
      union all
      select l.organization_id, p.id, p.parent_id, l.depth + 1 from line l join organizations p on p.id = l.parent_id)
    select organization_id, ancestor_id, depth from line`
  const kept = sql`
    select a.organization_id, a.ancestor_id, a.depth from organization_ancestors a
    join organizations o on o.id = a.organization_id where o.root_organization_id = ${id}::uuid`
  const db = database()
  return {
    missingAncestors: await db.execute(sql`(${lines}) except (${kept})`),
    strangeAncestors: await db.execute(sql`(${kept}) except (${lines})`),
    appsWithoutOwner: await db.execute(sql`
      select c.name from connected_apps c where c.root_organization_id = ${id}::uuid and c.ended_at is null
        and not exists (select from organization_ancestors a join memberships m on m.organization_id = a.ancestor_id
          where a.organization_id = c.organization_id and m.user_id = c.owner_id and m.ended_at is null
            and m.role <> 'member')`),
    appsNowhere: await db.execute(sql`
      select c.name from connected_apps c join organizations o on o.id = c.organization_id
      where c.root_organization_id = ${id}::uuid and c.ended_at is null and o.ended_at is not null`),
    placesOutside: await db.execute(sql`
      select c.name from app_contexts x join connected_apps c on c.id = x.app_id and c.ended_at is null
      join organizations o on o.id = x.organization_id
      where c.root_organization_id = ${id}::uuid and (o.ended_at is not null or not exists (
        select from organization_ancestors a
        where a.organization_id = x.organization_id and a.ancestor_id = c.organization_id))`),
    groupsUnderNothing: await db.execute(sql`
      select o.name from organizations o join organizations p on p.id = o.parent_id
      where o.root_organization_id = ${id}::uuid and o.ended_at is null and p.ended_at is not null`),
    tooDeep: await db.execute(sql`
      select organization_id from (${kept}) above group by organization_id having count(*) > 10`),
    placesOfNobody: await db.execute(sql`
      select m.id from memberships m join organizations o on o.id = m.organization_id
      where m.root_organization_id = ${id}::uuid and m.ended_at is null and o.ended_at is not null`),
  }
}
const WHOLE = {
  missingAncestors: [],
  strangeAncestors: [],
  appsWithoutOwner: [],
  appsNowhere: [],
  placesOutside: [],
  groupsUnderNothing: [],
  tooDeep: [],
  placesOfNobody: [],
}

describe('after any history of a tree', () => {
  it('its lines are what its parents say, and no app is without an owner or outside its residence [P10] [P130]', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (history) => {
        const { root, happen } = await world()
        for (const now of history) await attempt(happen(now))
        expect(await broken(root.id)).toEqual(WHOLE)
      }),
      { numRuns: rounds(20) },
    )
  })

  it('so it is with everything at once, and nothing but refusals comes of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (history) => {
        const { root, happen } = await world()
        await Promise.all(history.map((now) => attempt(happen(now))))
        expect(await broken(root.id)).toEqual(WHOLE)
      }),
      { numRuns: rounds(20) },
    )
  })

  it('a move does what was told before, and is refused where the telling was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), place, place, async (history, from, to) => {
        const { at, owner, happen } = await world()
        for (const now of history) await attempt(happen(now))
        const wanted = { organizationId: at(from), parentId: at(to) }
        const told = await previewMove(owner, wanted).catch((thrown: unknown) => {
          if (!isRefusal(thrown)) throw thrown
          return thrown.code
        })
        const done = await happen({ kind: 'move', place: from, to }).catch((thrown: unknown) => {
          if (!isRefusal(thrown)) throw thrown
          return thrown.code
        })
        if (typeof told === 'string' || typeof done === 'string') expect(done).toBe(told)
        else {
          expect(done).toMatchObject({
            movedApps: told.movedApps,
            ended: { contexts: told.endedContexts, apps: told.endedContextsApps },
          })
        }
      }),
      { numRuns: rounds(20) },
    )
  })
})
