import { and, eq, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { refuseIntrospecting } from '../connected-apps/refuse-introspecting.ts'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { noBusinessGroup } from './open-business-group.ts'
import { refuseMove } from './refuse-move.ts'
import { refuseOtherTree } from './refuse-other-tree.ts'
import { refuseOwnMove } from './refuse-own-move.ts'
import { residesWithin } from './resides-within.ts'
import { type PreviewMoveInput, previewMoveSchema } from './schema.ts'

export type MovePreview = {
  /** How many business groups go, this one among them, and how many apps reside in them. */
  groups: number
  apps: number
  /** Apps that move to the root organization's owner, who is named. */
  movedApps: number
  rootOwner: string
  /** Places that end, and the apps they belong to. */
  endedContexts: number
  endedContextsApps: number
  /** Administrators and developers who lose their rights in it, and who get some, by inheritance. */
  peopleLosing: number
  peopleGaining: number
}

/** What moving a business group would do, counted now. Refuses what the move itself would refuse. */
export async function previewMove(actor: Actor, input: PreviewMoveInput): Promise<MovePreview> {
  const { organizationId, parentId } = parse(previewMoveSchema, input)
  const db = database()
  const group = await findLive(organizationId)
  if (!group) throw await absentOrganization(db, actor)
  const { rootOrganizationId } = group
  await checkOrganization(db, actor, 'organizations.update', { organizationId, rootOrganizationId })
  if (group.parentId === null) throw noBusinessGroup(group)
  const above = { organizationId: group.parentId, rootOrganizationId }
  await check(db, actor, 'organizations.move-business-group', above)
  await refuseOtherTree(db, actor, group, parentId)
  const there = { organizationId: parentId, rootOrganizationId }
  await checkOrganization(db, actor, 'organizations.create-business-group', there)
  const parent = await findLive(parentId)
  if (!parent) throw await absentOrganization(db, actor)
  if (parent.id !== group.parentId) {
    await refuseMove(db, group, parent)
    await refuseOwnMove(db, actor, residesWithin(organizationId))
    await refuseIntrospecting(db, actor, {
      which: residesWithin(organizationId),
      to: parent,
      field: 'parentId',
    })
  }
  const [counted] = await db.execute<MovePreview>(effect(organizationId, parentId, rootOrganizationId))
  if (!counted) throw new Error('A statement of counts gives one row.')
  return counted
}

async function findLive(organizationId: Id<'organization'>) {
  const [organization] = await database()
    .select()
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
  return organization
}

/** `former` and `future` are the organizations that rights come from, before and after, from outside the branch. */
function effect(
  groupId: Id<'organization'>,
  parentId: Id<'organization'>,
  rootOrganizationId: Id<'organization'>,
) {
  const [group, parent] = [uuidOf(groupId), uuidOf(parentId)]
  return sql`
    with branch as (
      select a.organization_id as id from organization_ancestors a where a.ancestor_id = ${group}::uuid),
    former as (
      select ancestor_id as id from organization_ancestors
      where organization_id = ${group}::uuid and ancestor_id <> ${group}::uuid),
    future as (select ancestor_id as id from organization_ancestors where organization_id = ${parent}::uuid),
    governing as (
      select m.user_id, m.organization_id from memberships m
      where m.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid and m.ended_at is null
        and m.role in ('administrator', 'developer')),
    apps as (
      select c.id, c.owner_id, c.organization_id from connected_apps c
      where c.organization_id in (select id from branch) and c.ended_at is null),
    outside as (
      select x.app_id from app_contexts x join connected_apps c on c.id = x.app_id and c.ended_at is null
      where x.organization_id in (select id from branch) and c.organization_id not in (select id from branch)
        and c.organization_id not in (select id from future))
    select
      (select count(*)::int from branch b join organizations o on o.id = b.id and o.ended_at is null) as groups,
      (select count(*)::int from apps) as apps,
      (select count(*)::int from apps c where not exists (
        select from governing g where g.user_id = c.owner_id and (g.organization_id in (select id from future)
          or g.organization_id in (select a.ancestor_id from organization_ancestors a
            where a.organization_id = c.organization_id and a.ancestor_id in (select id from branch))))) as "movedApps",
      (select u.full_name from organizations r join users u on u.id = r.owner_id
        where r.id = ${uuidOf(rootOrganizationId)}::uuid) as "rootOwner",
      (select count(*)::int from outside) as "endedContexts",
      (select count(distinct app_id)::int from outside) as "endedContextsApps",
      (select count(distinct g.user_id)::int from governing g where g.organization_id in (select id from former)
        and not exists (select from governing k where k.user_id = g.user_id
          and (k.organization_id = ${group}::uuid or k.organization_id in (select id from future)))) as "peopleLosing",
      (select count(distinct g.user_id)::int from governing g where g.organization_id in (select id from future)
        and not exists (select from governing k where k.user_id = g.user_id
          and (k.organization_id = ${group}::uuid or k.organization_id in (select id from former)))) as "peopleGaining"`
}
