import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { PERMISSIONS } from '../permissions/catalogue.ts'
import { isOpenTo, type Role } from '../permissions/standing.ts'

export type OrganizationSeen = {
  id: Id<'organization'>
  name: string
  parentId: Id<'organization'> | null
  rootOrganizationId: Id<'organization'>
  isRoot: boolean
  /** The actor's strongest role there, held or inherited; null for an app with a token of its own. */
  role: Role | null
}

/**
 * The organizations the actor has a place in: root organizations by name, each followed by its business groups.
 * Business groups are listed where the person has a place of their own or governs them from above. An app sees the
 * organizations chosen for it; one acting for a person the ones of the root organization it was authorized in.
 */
export async function listOrganizationsOf(actor: Actor): Promise<OrganizationSeen[]> {
  const rows = await database().execute<Row>(sql`
    select o.id, o.name, o.parent_id, o.root_organization_id, seen.role
    from (${seenBy(actor)}) seen
    join organizations o on o.id = seen.id and o.ended_at is null
    join organizations r on r.id = o.root_organization_id and ${isOpenTo(actor)}
    join organization_ancestors depth on depth.organization_id = o.id and depth.ancestor_id = r.id
    order by lower(r.name), r.id, depth.depth, lower(o.name), o.id`)
  return rows.map((row) => ({
    id: idOf('organization', row.id),
    name: row.name,
    parentId: row.parent_id === null ? null : idOf('organization', row.parent_id),
    rootOrganizationId: idOf('organization', row.root_organization_id),
    isRoot: row.parent_id === null,
    role: row.role,
  }))
}

type Row = {
  id: string
  name: string
  parent_id: string | null
  root_organization_id: string
  role: Role | null
}

const { scope: SCOPE } = PERMISSIONS['organizations.view']

function seenBy(actor: Actor) {
  switch (actor.kind) {
    case 'system':
      return sql`select id, null as role from organizations`
    case 'app': {
      const places = actor.contexts
        .filter((held) => held.scope === SCOPE)
        .map((held) => uuidOf(held.organizationId))
      return sql`select id, null as role from organizations where id = any(${sql.param(places)}::uuid[])`
    }
    case 'user':
      return seenByPerson(actor.userId, actor.through)
  }
}

type Through = { scopes: readonly string[]; rootOrganizationId: Id<'organization'> } | undefined

function seenByPerson(userId: Id<'user'>, through: Through) {
  const within = !through
    ? sql`true`
    : through.scopes.includes(SCOPE)
      ? sql`m.root_organization_id = ${uuidOf(through.rootOrganizationId)}::uuid`
      : sql`false`
  // The roles sort as they rank: administrator, developer, member.
  return sql`
    select a.organization_id as id, min(m.role::text) as role
    from memberships m
    join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
    join organization_ancestors a on a.ancestor_id = m.organization_id
    where m.user_id = ${uuidOf(userId)}::uuid and m.ended_at is null and ${within}
      and (a.depth = 0 or m.role in ('administrator', 'developer'))
    group by a.organization_id`
}
