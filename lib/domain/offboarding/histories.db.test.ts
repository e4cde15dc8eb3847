import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { database } from '#db/client'
import { uuidOf } from '#lib/base/ids'
import { isRefusal } from '#lib/base/refusal'
import { as } from '#test/actors'
import {
  type MadeOrganization,
  type MadeUser,
  makeBusinessGroup,
  makeMember,
  makeOrganization,
} from '#test/factories'
import { rounds } from '#test/rounds'
import { createApp } from '../connected-apps/create-app.ts'
import { getApp } from '../connected-apps/get-app.ts'
import { updateApp } from '../connected-apps/update-app.ts'
import { addMember } from '../organizations/add-member.ts'
import type { Role } from '../permissions/standing.ts'
import { settleHome } from '../users/settle-home.ts'
import { changeRole } from './change-role.ts'
import { deactivateUser } from './deactivate-user.ts'
import { deleteUser } from './delete-user.ts'
import { reactivateUser } from './reactivate-user.ts'
import { removeMember } from './remove-member.ts'
import { transferRootOwnership } from './transfer-root-ownership.ts'

const PEOPLE = 4
/** The root, a group, one below that, and the root that two of the people came from. */
const PLACES = 4

/** Something that happens, done by one of the people; what is refused simply did not happen. */
type Step =
  | { kind: 'create' | 'add' | 'change'; by: number; person: number; place: number; role: Role }
  | { kind: 'hand' | 'remove'; by: number; person: number; place: number }
  | { kind: 'delete' | 'deactivate' | 'reactivate' | 'transfer'; by: number; person: number }

const someone = { by: fc.nat(PEOPLE - 1), person: fc.nat(PEOPLE - 1) }
const somewhere = { ...someone, place: fc.nat(PLACES - 1) }
const role = fc.constantFrom<Role[]>('administrator', 'developer', 'member')
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('create' as const), ...somewhere, role }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('add' as const, 'change' as const), ...somewhere, role }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('hand' as const, 'remove' as const), ...somewhere }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'delete' as const,
        'deactivate' as const,
        'reactivate' as const,
        'transfer' as const,
      ),
      ...someone,
    }),
  },
)

let named = 0

async function world() {
  const root = await makeOrganization()
  const group = await makeBusinessGroup(root)
  const inner = await makeBusinessGroup(group)
  const other = await makeOrganization()
  const places = [root, group, inner, other]
  const people = [
    root.owner,
    await makeMember(root, 'administrator'),
    await makeMember(group, 'administrator'),
    await makeMember(other, 'administrator'),
  ]
  await database().transaction(async (tx) => {
    for (const person of people) {
      await settleHome(tx, person.id, person === people[3] ? other.id : root.id)
    }
  })
  const at = <T>(of: readonly T[], index: number): T => of[index] as T
  const app = (ownerId: MadeUser['id'], place: MadeOrganization) => {
    named += 1
    return createApp(as(root.owner), {
      organizationId: place.id,
      ownerId,
      name: `Of a history ${named}`,
      actsAs: 'user',
      clientType: 'server',
      redirectUris: ['https://app.example.com/callback'],
      scopes: [],
    })
  }
  const standing = await app(root.owner.id, group)

  const happen = async (now: Step): Promise<unknown> => {
    const [actor, person] = [as(at(people, now.by)), at(people, now.person)]
    const userId = person.id
    switch (now.kind) {
      case 'create':
        return app(userId, at(places, now.place))
      case 'hand': {
        const { version } = await getApp(actor, standing.appId)
        return updateApp(actor, { appId: standing.appId, version, ownerId: userId })
      }
      case 'add':
        return addMember(actor, { userId, organizationId: at(places, now.place).id, role: now.role })
      case 'change':
        return changeRole(actor, { userId, organizationId: at(places, now.place).id, role: now.role })
      case 'remove':
        return removeMember(actor, { userId, organizationId: at(places, now.place).id })
      case 'delete':
        return deleteUser(actor, { userId, confirmation: person.username })
      case 'deactivate':
        return deactivateUser(actor, { userId })
      case 'reactivate':
        return reactivateUser(actor, { userId })
      case 'transfer':
        return transferRootOwnership(actor, {
          rootOrganizationId: root.id,
          newOwnerId: userId,
          confirmation: root.name,
        })
    }
  }
  return { roots: [root, other], happen }
}

/** Does it, unless it is refused. */
async function attempt(work: Promise<unknown>): Promise<void> {
  await work.catch((thrown: unknown) => {
    if (!isRefusal(thrown)) throw thrown
  })
}

/** What may never be so: an app whose owner has no rights over it, and a root whose owner does not administer it. */
async function broken(roots: readonly MadeOrganization[]): Promise<unknown[]> {
  const ids = sql.join(
    roots.map((root) => sql`${uuidOf(root.id)}::uuid`),
    sql`, `,
  )
  const orphans = await database().execute(sql`
    select c.name from connected_apps c join users u on u.id = c.owner_id
    where c.root_organization_id in (${ids}) and c.ended_at is null and (u.ended_at is not null or not exists (
      select from organization_ancestors a join memberships m on m.organization_id = a.ancestor_id
      where a.organization_id = c.organization_id and m.user_id = u.id and m.ended_at is null and m.role <> 'member'))`)
  const ownerless = await database().execute(sql`
    select o.name from organizations o join users u on u.id = o.owner_id
    where o.id in (${ids}) and (u.ended_at is not null or u.deactivated_at is not null or not exists (
      select from memberships m where m.organization_id = o.id and m.user_id = u.id and m.ended_at is null
        and m.role = 'administrator'))`)
  const homeless = await database().execute(sql`
    select m.id from memberships m where m.root_organization_id in (${ids}) and m.ended_at is null and not exists (
      select from memberships r where r.organization_id = m.root_organization_id and r.user_id = m.user_id
        and r.ended_at is null)`)
  return [...orphans, ...ownerless, ...homeless]
}

describe('after any history', () => {
  it('every app has an owner with rights over it, and every root an owner who administers it [P8] [P9] [P10] [P15]', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (history) => {
        const { roots, happen } = await world()
        for (const now of history) await attempt(happen(now))
        expect(await broken(roots)).toEqual([])
      }),
      { numRuns: rounds(15) },
    )
  })

  it('so it is with everything at once, and nothing but refusals comes of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (history) => {
        const { roots, happen } = await world()
        await Promise.all(history.map((now) => attempt(happen(now))))
        expect(await broken(roots)).toEqual([])
      }),
      { numRuns: rounds(12) },
    )
  })
})
