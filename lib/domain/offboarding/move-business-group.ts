import { eq, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseIntrospecting } from '../connected-apps/refuse-introspecting.ts'
import { openOrganization } from '../organizations/open-organization.ts'
import { refuseStaleOrganization } from '../organizations/refuse-stale-organization.ts'
import type { Actor } from '../permissions/actor.ts'
import { type EndedContexts, endContexts } from './end-contexts.ts'
import { holdAppsAround } from './hold-apps.ts'
import { moveAppsWithin } from './move-apps.ts'
import { openBusinessGroup } from './open-business-group.ts'
import { refuseMove } from './refuse-move.ts'
import { refuseOtherTree } from './refuse-other-tree.ts'
import { refuseOwnMove } from './refuse-own-move.ts'
import { residesWithin } from './resides-within.ts'
import { type MoveBusinessGroupInput, moveBusinessGroupSchema } from './schema.ts'

export type GroupMoved = { version: number; movedApps: number; ended: EndedContexts }

/**
 * Puts a business group, with everything below it, under another organization of its tree. From then on rights are inherited
 * from there: apps in it whose owner had theirs from the former place alone move to the root organization's owner, and
 * places that now lie outside their app's residence end, for tokens already out too. Whoever moves it administers both
 * the organization it leaves and the one it comes to. Under the same one again nothing changes. Refuses cycles, more
 * than ten levels, a name that a sibling has, another tree, a root organization, a move over somebody's newer save, and one
 * that brings an app which introspects under administrators other than the root's.
 */
export async function moveBusinessGroup(actor: Actor, input: MoveBusinessGroupInput): Promise<GroupMoved> {
  const { organizationId, parentId, version } = parse(moveBusinessGroupSchema, input)
  return transaction(async (tx) => {
    const group = await openBusinessGroup(tx, actor, organizationId, 'organizations.move-business-group')
    await refuseOtherTree(tx, actor, group, parentId)
    const parent = await openOrganization(tx, actor, parentId, 'organizations.create-business-group')
    await refuseStaleOrganization(tx, actor, group, version)
    if (group.parentId === parent.id) {
      return { version: group.version, movedApps: 0, ended: { contexts: 0, apps: 0 } }
    }
    await refuseMove(tx, group, parent)
    await refuseOwnMove(tx, actor, residesWithin(group.id))
    const [former] = await tx.select().from(organizations).where(eq(organizations.id, group.parentId))
    await holdAppsAround(tx, group.id)
    await refuseIntrospecting(tx, actor, { which: residesWithin(group.id), to: parent, field: 'parentId' })
    const next = group.version + 1
    await tx
      .update(organizations)
      .set({ parentId: parent.id, version: next })
      .where(eq(organizations.id, group.id))
    await rewriteAncestors(tx, group.id, parent.id)
    const movedApps = await moveAppsWithin(tx, actor, group.id)
    const ended = await endContexts(tx, actor, outsideResidence(group.id), 'group-moved')
    await record(tx, actor, {
      name: 'business-group.moved',
      rootOrganizationId: group.rootOrganizationId,
      organizationId: group.id,
      subject: { id: group.id, name: group.name },
      details: {
        version: next,
        changed: { parentId: { before: group.parentId, after: parent.id } },
        before: former?.name,
        after: parent.name,
        movedApps,
        endedContexts: ended.contexts,
      },
    })
    return { version: next, movedApps, ended }
  })
}

/** What is above the branch goes, what is above the new parent comes; inside the branch nothing changes. */
async function rewriteAncestors(
  tx: Transaction,
  groupId: Id<'organization'>,
  parentId: Id<'organization'>,
): Promise<void> {
  const id = uuidOf(groupId)
  const branch = sql`select organization_id from organization_ancestors where ancestor_id = ${id}::uuid`
  await tx.execute(sql`
    delete from organization_ancestors
    where organization_id in (${branch}) and ancestor_id not in (${branch})`)
  await tx.execute(sql`
    insert into organization_ancestors (organization_id, ancestor_id, depth)
    select below.organization_id, above.ancestor_id, below.depth + above.depth + 1
    from organization_ancestors below, organization_ancestors above
    where below.ancestor_id = ${id}::uuid and above.organization_id = ${uuidOf(parentId)}::uuid`)
}

/** Places in the branch whose app resides neither there nor above it by now. */
function outsideResidence(groupId: Id<'organization'>) {
  return sql`x.organization_id in (
      select organization_id from organization_ancestors where ancestor_id = ${uuidOf(groupId)}::uuid)
    and not exists (select from organization_ancestors a
      where a.organization_id = x.organization_id and a.ancestor_id = c.organization_id)`
}
