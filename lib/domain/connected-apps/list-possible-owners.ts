import { and, eq, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { type Id, idOf, isId, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo, check } from '../permissions/check.ts'

/** As many as a picker shows; typing on narrows them down. */
export const POSSIBLE_OWNERS_SHOWN_MAX = 20

export type PossibleOwner = {
  id: Id<'user'>
  fullName: string
  username: string
  role: 'administrator' | 'developer'
}

const ABSENT = 'There is no such app here.'

/**
 * Who may own this app: the people who administer its organization or develop in it, there or above, whose full name
 * or username contains the search, by name. For whoever may change its owner.
 */
export async function listPossibleOwners(
  actor: Actor,
  appId: Id<'app'>,
  search: string,
): Promise<PossibleOwner[]> {
  const db = database()
  const [app] = isId('app', appId)
    ? await db
        .select()
        .from(connectedApps)
        .where(and(eq(connectedApps.id, appId), isNull(connectedApps.endedAt)))
    : []
  if (!app) throw await absentTo(db, actor, ABSENT)
  const visible = { permission: 'connected-apps.view', absent: ABSENT } as const
  await check(db, actor, 'connected-apps.change-owner', app, visible)
  const pattern = likePattern(search)
  const rows = await db.execute<{
    id: string
    fullName: string
    username: string
    role: PossibleOwner['role']
  }>(sql`
    select u.id, u.full_name as "fullName", u.username, min(m.role::text) as role
    from organization_ancestors a
    join memberships m on m.organization_id = a.ancestor_id and m.ended_at is null and m.role in ('administrator', 'developer')
    join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
    where a.organization_id = ${uuidOf(app.organizationId)}::uuid
      and (u.full_name ilike ${pattern} or u.username ilike ${pattern})
    group by u.id
    order by u.full_name, u.id
    limit ${POSSIBLE_OWNERS_SHOWN_MAX}`)
  return rows.map((row) => ({ ...row, id: idOf('user', row.id) }))
}
