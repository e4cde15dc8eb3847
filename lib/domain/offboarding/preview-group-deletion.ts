import { and, eq, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, isId, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { noBusinessGroup } from './open-business-group.ts'
import { refuseOwnMove } from './refuse-own-move.ts'
import { residesWithin } from './resides-within.ts'

export type GroupDeletionPreview = {
  /** How many business groups end, this one among them. */
  groups: number
  people: number
  environments: number
  invitations: number
  /** Apps that reside there: they go to the organization above, or keep it from being deleted. */
  apps: number
  parent: { id: Id<'organization'>; name: string }
  /** How many of them would come to the root organization's owner, who is named. */
  movedApps: number
  rootOwner: string
  /** Places of apps that end, and the apps they belong to. */
  endedContexts: number
  endedContextsApps: number
}

/** What deleting a business group would do, counted now. Refuses whoever may not delete it. */
export async function previewGroupDeletion(
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<GroupDeletionPreview> {
  const db = database()
  const group = isId('organization', organizationId) ? await findLive(organizationId) : undefined
  if (!group) throw await absentOrganization(db, actor)
  const { rootOrganizationId, parentId } = group
  await checkOrganization(db, actor, 'organizations.update', { organizationId, rootOrganizationId })
  const parent = parentId && (await findLive(parentId))
  if (!parent) throw noBusinessGroup(group)
  const above = { organizationId: parent.id, rootOrganizationId }
  await check(db, actor, 'organizations.delete-business-group', above)
  await refuseOwnMove(db, actor, residesWithin(organizationId))
  const [counted] = await db.execute<Omit<GroupDeletionPreview, 'parent'>>(
    effect(organizationId, parent.id, rootOrganizationId),
  )
  if (!counted) throw new Error('A statement of counts gives one row.')
  return { ...counted, parent: { id: parent.id, name: parent.name } }
}

async function findLive(organizationId: Id<'organization'>) {
  const [organization] = await database()
    .select()
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
  return organization
}

function effect(
  groupId: Id<'organization'>,
  parentId: Id<'organization'>,
  rootOrganizationId: Id<'organization'>,
) {
  return sql`
    with branch as (
      select o.id from organization_ancestors a join organizations o on o.id = a.organization_id and o.ended_at is null
      where a.ancestor_id = ${uuidOf(groupId)}::uuid),
    apps as (
      select c.id, c.owner_id from connected_apps c
      where c.organization_id in (select id from branch) and c.ended_at is null),
    named as (
      select x.app_id from app_contexts x join connected_apps c on c.id = x.app_id and c.ended_at is null
      where x.organization_id in (select id from branch))
    select
      (select count(*)::int from branch) as groups,
      (select count(distinct m.user_id)::int from memberships m
        where m.organization_id in (select id from branch) and m.ended_at is null) as people,
      (select count(*)::int from environments e
        where e.organization_id in (select id from branch) and e.ended_at is null) as environments,
      (select count(*)::int from invitations i where i.organization_id in (select id from branch)
        and i.accepted_at is null and i.ended_at is null) as invitations,
      (select count(*)::int from apps) as apps,
      (select count(*)::int from apps c where not exists (
        select from organization_ancestors a
        join memberships m on m.organization_id = a.ancestor_id and m.ended_at is null and m.user_id = c.owner_id
        where a.organization_id = ${uuidOf(parentId)}::uuid and m.role in ('administrator', 'developer'))) as "movedApps",
      (select u.full_name from organizations r join users u on u.id = r.owner_id
        where r.id = ${uuidOf(rootOrganizationId)}::uuid) as "rootOwner",
      (select count(*)::int from named) as "endedContexts",
      (select count(distinct app_id)::int from named) as "endedContextsApps"`
}
