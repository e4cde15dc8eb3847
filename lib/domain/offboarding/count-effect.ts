import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { leftWithoutOwner } from './left-without-owner.ts'
import { refuseOwnMove } from './refuse-own-move.ts'
import { APPS_NAMED_MAX } from './schema.ts'

/** What an act would do to somebody's apps: how many move, which, to whom, and how many secrets are then due. */
export type MovingApps = {
  total: number
  /** Those with a secret that somebody may still know. */
  secretsDue: number
  /** The first ones by name. */
  named: { id: Id<'app'>; name: string; residence: string }[]
  /** The owner of the root organization. */
  newOwner: string
}

type Leaving = Parameters<typeof leftWithoutOwner>[0] & { rootOrganizationId: Id<'organization'> }

/** Counts the apps that would move within one root organization, by the very rule by which they move. */
export async function countMovingApps(db: Database, actor: Actor, leaving: Leaving): Promise<MovingApps> {
  const moving = leftWithoutOwner(leaving)
  await refuseOwnMove(db, actor, moving)
  const [totals, named, owners] = await Promise.all([
    db.execute<{ total: number; secretsDue: number }>(sql`
      select count(*)::int as total, count(*) filter (where c.client_type = 'server')::int as "secretsDue"
      from connected_apps c where ${moving}`),
    db.execute<{ id: string; name: string; residence: string }>(sql`
      select c.id, c.name, o.name as residence
      from connected_apps c join organizations o on o.id = c.organization_id
      where ${moving} order by lower(c.name), c.id limit ${APPS_NAMED_MAX}`),
    db.execute<{ fullName: string }>(sql`
      select u.full_name as "fullName" from organizations r join users u on u.id = r.owner_id
      where r.id = ${uuidOf(leaving.rootOrganizationId)}::uuid`),
  ])
  return {
    total: totals[0]?.total ?? 0,
    secretsDue: totals[0]?.secretsDue ?? 0,
    named: named.map((app) => ({ ...app, id: idOf('app', app.id) })),
    newOwner: owners[0]?.fullName ?? '',
  }
}

/** How many of a person's authorizations live, in one root organization or in all. */
export async function countAuthorizations(
  db: Database,
  userId: Id<'user'>,
  rootOrganizationId?: Id<'organization'>,
): Promise<number> {
  const inTree: SQL = rootOrganizationId
    ? sql`and root_organization_id = ${uuidOf(rootOrganizationId)}::uuid`
    : sql``
  const [row] = await db.execute<{ live: number }>(sql`
    select count(*)::int as live from live_authorizations where user_id = ${uuidOf(userId)}::uuid ${inTree}`)
  return row?.live ?? 0
}
