import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { type Id, idOf, isId, uuidOf } from '../../base/ids.ts'
import { likePattern } from '../../base/like-pattern.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo, check } from '../permissions/check.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { type ListAppOwnersInput, listAppOwnersSchema } from './schema.ts'

/** As many as a picker shows; typing on narrows them down. */
const POSSIBLE_OWNERS_SHOWN_MAX = 20

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
  return findPeople(
    sql`m.organization_id in (
    select ancestor_id from organization_ancestors where organization_id = ${uuidOf(app.organizationId)}::uuid)`,
    search,
  )
}

/**
 * Who may own apps of this organization or of one below it: as above, and those who administer or develop further down,
 * who may own what resides there. For whoever may change owners here.
 */
export async function listPossibleOwnersBelow(
  actor: Actor,
  input: ListAppOwnersInput,
): Promise<PossibleOwner[]> {
  const { organizationId, search } = parse(listAppOwnersSchema, input)
  const db = database()
  const [place] = await db
    .select({ organizationId: organizations.id, rootOrganizationId: organizations.rootOrganizationId })
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
  if (!place) throw await absentOrganization(db, actor)
  await checkOrganization(db, actor, 'connected-apps.change-owner', place)
  const id = uuidOf(organizationId)
  return findPeople(
    sql`m.organization_id in (
    select ancestor_id from organization_ancestors where organization_id = ${id}::uuid
    union all
    select organization_id from organization_ancestors where ancestor_id = ${id}::uuid)`,
    search ?? '',
  )
}

async function findPeople(where: SQL, search: string): Promise<PossibleOwner[]> {
  const pattern = likePattern(search)
  const rows = await database().execute<{
    id: string
    fullName: string
    username: string
    role: PossibleOwner['role']
  }>(sql`
    select u.id, u.full_name as "fullName", u.username, min(m.role::text) as role
    from memberships m
    join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
    where ${where} and m.ended_at is null and m.role in ('administrator', 'developer')
      and (u.full_name ilike ${pattern} or u.username ilike ${pattern})
    group by u.id
    order by u.full_name, u.id
    limit ${POSSIBLE_OWNERS_SHOWN_MAX}`)
  return rows.map((row) => ({ ...row, id: idOf('user', row.id) }))
}
