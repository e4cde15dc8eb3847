import { and, eq, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, idOf, isId, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentOrganization } from '../permissions/check-organization.ts'
import { may } from '../permissions/may.ts'
import { standingOf } from '../permissions/standing.ts'
import { BUSINESS_GROUP_LEVELS_MAX } from './schema.ts'

/** One organization of a branch. People and apps are counted with all that is below it, as its own pages count them; whoever has rights there from above alone is listed there, and counted above. */
export type BranchNode = {
  id: Id<'organization'>
  name: string
  parentId: Id<'organization'> | null
  /** 0 for the organization asked for. */
  depth: number
  version: number
  people: number
  /** Of this very one: none, and it is administered from above. */
  ownAdministrators: number
  apps: number
  /** What the actor may do with it. */
  mayRename: boolean
  mayMove: boolean
  mayDelete: boolean
  /** Also false at the last level that there may be. */
  mayCreateBelow: boolean
}

/**
 * An organization with everything below it, each followed by its own, siblings by name: for whoever administers it. A
 * business group's administrator sees that branch alone, and neither moves nor deletes its top.
 */
export async function listBusinessGroups(
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<BranchNode[]> {
  const db = database()
  const [top] = isId('organization', organizationId)
    ? await db
        .select({ parentId: organizations.parentId, rootOrganizationId: organizations.rootOrganizationId })
        .from(organizations)
        .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
    : []
  if (!top) throw await absentOrganization(db, actor)
  const { rootOrganizationId } = top
  const standing = await standingOf(db, actor, organizationId)
  const above = top.parentId ? await standingOf(db, actor, top.parentId) : standing
  const holds = (permission: Permission, where: Id<'organization'>, held = standing) =>
    may(actor, permission, { organizationId: where, rootOrganizationId }, held)
  if (!holds('organizations.list-business-groups', organizationId)) throw await absentOrganization(db, actor)

  const rows = await branchBelow(organizationId)
  return rows.map(({ level, ...node }) => {
    // Whoever administers the top administers all below it; an app holds its scopes in each organization apart.
    const overParent = (permission: Permission) =>
      node.parentId !== null && holds(permission, node.parentId, node.depth === 0 ? above : standing)
    return {
      ...node,
      mayRename: holds('organizations.update', node.id),
      mayMove: overParent('organizations.move-business-group'),
      mayDelete: overParent('organizations.delete-business-group'),
      mayCreateBelow:
        level < BUSINESS_GROUP_LEVELS_MAX && holds('organizations.create-business-group', node.id),
    }
  })
}

type Row = Omit<BranchNode, 'mayRename' | 'mayMove' | 'mayDelete' | 'mayCreateBelow'> & {
  /** How many levels there are down to it, the root organization's the first. */
  level: number
}

/** Children follow their parent: the path of names and ids from the top sorts so. */
async function branchBelow(organizationId: Id<'organization'>): Promise<Row[]> {
  const top = uuidOf(organizationId)
  const rows = await database().execute<
    Omit<Row, 'id' | 'parentId'> & { id: string; parentId: string | null }
  >(sql`
    with recursive branch as (
      select o.id, o.name, o.parent_id, o.version, 0 as depth, array[]::text[] as path
      from organizations o where o.id = ${top}::uuid
      union all
      select o.id, o.name, o.parent_id, o.version, b.depth + 1, b.path || lower(o.name) || o.id::text
      from branch b join organizations o on o.parent_id = b.id and o.ended_at is null)
    select b.id, b.name, b.parent_id as "parentId", b.version, b.depth,
      (select count(*)::int from organization_ancestors a where a.organization_id = b.id) as level,
      coalesce(p.people, 0) as people, coalesce(m.administrators, 0) as "ownAdministrators", coalesce(c.apps, 0) as apps
    from branch b
    left join (
      select organization_id, count(*)::int as administrators
      from memberships where ended_at is null and role = 'administrator' and organization_id in (select id from branch)
      group by organization_id
    ) m on m.organization_id = b.id
    left join (
      select a.ancestor_id as id, count(distinct m.user_id)::int as people
      from memberships m join organization_ancestors a on a.organization_id = m.organization_id
      where m.ended_at is null and m.organization_id in (select id from branch) group by a.ancestor_id
    ) p on p.id = b.id
    left join (
      select a.ancestor_id as id, sum(here.apps)::int as apps
      from (select organization_id, count(*) as apps from connected_apps
        where ended_at is null and organization_id in (select id from branch) group by organization_id) here
      join organization_ancestors a on a.organization_id = here.organization_id group by a.ancestor_id
    ) c on c.id = b.id
    order by b.path`)
  return rows.map(({ id, parentId, ...row }) => ({
    ...row,
    id: idOf('organization', id),
    parentId: parentId === null ? null : idOf('organization', parentId),
  }))
}
