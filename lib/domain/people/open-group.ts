import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { groups } from '#db/schema/people'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentTo, check } from '../permissions/check.ts'

export type Group = typeof groups.$inferSelect

const ABSENT = 'There is no such group here.'

/** The group, if the actor may do this with it; out of reach is like absent. */
export async function checkGroup(
  tx: Database | Transaction,
  actor: Actor,
  groupId: Id<'group'>,
  permission: Permission,
): Promise<Group> {
  const [group] = isId('group', groupId)
    ? await tx
        .select()
        .from(groups)
        .where(and(eq(groups.id, groupId), isNull(groups.endedAt)))
    : []
  if (!group) throw await absentTo(tx, actor, ABSENT)
  const { rootOrganizationId } = group
  const place = { organizationId: rootOrganizationId, rootOrganizationId }
  await check(tx, actor, permission, place, { permission: 'groups.view', absent: ABSENT })
  return group
}

/** The only way to hold a group in order to change it: asks for the permission, and holds it until the transaction ends. */
export async function openGroup(tx: Transaction, actor: Actor, groupId: Id<'group'>): Promise<Group> {
  await checkGroup(tx, actor, groupId, 'groups.change')
  await tx.select({ id: groups.id }).from(groups).where(eq(groups.id, groupId)).for('no key update')
  // Whoever waited sees what became of it.
  return checkGroup(tx, actor, groupId, 'groups.change')
}
