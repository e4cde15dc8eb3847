import { and, inArray, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { environments, organizations } from '#db/schema/organizations'
import { invitations } from '#db/schema/people'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type EndedContexts, endContexts } from './end-contexts.ts'
import { endPlacesOfGroup } from './end-places-of-group.ts'
import { holdAppsAround } from './hold-apps.ts'
import { keepApps, refuseApps } from './keep-apps.ts'
import { moveAppsWithin } from './move-apps.ts'
import { openBusinessGroup } from './open-business-group.ts'
import { type DeleteBusinessGroupInput, deleteBusinessGroupSchema } from './schema.ts'

export type GroupDeleted = {
  groups: number
  /** People who had a place there; the one in the root organization stays theirs. */
  people: number
  /** Apps that reside above it now, and how many of them moved to the root organization's owner. */
  keptApps: number
  movedApps: number
  ended: EndedContexts
}

/**
 * Deletes a business group with everything below it, after its name was typed: places of people there, invitations and
 * environments end, and so do places of apps that name it, for tokens already out too. It cannot be undone. Apps never go
 * with it: while some reside there it is refused, saying how many, unless they are to move to the organization above;
 * one whose owner has no right there goes to the root organization's owner. Asked of the organization above.
 */
export async function deleteBusinessGroup(
  actor: Actor,
  input: DeleteBusinessGroupInput,
): Promise<GroupDeleted> {
  const { organizationId, name, appsTo } = parse(deleteBusinessGroupSchema, input)
  return transaction(async (tx) => {
    const group = await openBusinessGroup(tx, actor, organizationId, 'organizations.delete-business-group')
    if (name.trim() !== group.name) {
      const sentence = `Type ${group.name} to delete it.`
      throw new Refusal('invalid', sentence, { name: sentence })
    }
    await holdAppsAround(tx, group.id)
    const branch = await branchOf(tx, group.id)
    if (appsTo === undefined) await refuseApps(tx, group)
    const keptApps = appsTo === 'parent' ? await keepApps(tx, actor, group) : 0
    const ended = await endContexts(tx, actor, named(group.id), 'group-deleted')
    const people = await endPlacesOfGroup(tx, actor, group, branch)
    const movedApps = keptApps > 0 ? await moveAppsWithin(tx, actor, group.parentId) : 0
    const end = { endedAt: sql`now()`, endedBy: personOf(actor) }
    await tx
      .update(invitations)
      .set(end)
      .where(
        and(
          inArray(invitations.organizationId, branch),
          isNull(invitations.acceptedAt),
          isNull(invitations.endedAt),
        ),
      )
    await tx
      .update(environments)
      .set({ endedAt: sql`now()` })
      .where(and(inArray(environments.organizationId, branch), isNull(environments.endedAt)))
    await tx.update(organizations).set(end).where(inArray(organizations.id, branch))
    const receipt = { groups: branch.length, people, keptApps, movedApps, ended }
    await record(tx, actor, {
      name: 'business-group.deleted',
      rootOrganizationId: group.rootOrganizationId,
      organizationId: group.id,
      subject: { id: group.id, name: group.name },
      details: { ...receipt, parentId: group.parentId },
    })
    return receipt
  })
}

/** Places of apps in the branch. */
function named(groupId: Id<'organization'>) {
  return sql`x.organization_id in (
    select organization_id from organization_ancestors where ancestor_id = ${uuidOf(groupId)}::uuid)`
}

async function branchOf(tx: Transaction, groupId: Id<'organization'>): Promise<Id<'organization'>[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select o.id from organization_ancestors a join organizations o on o.id = a.organization_id and o.ended_at is null
    where a.ancestor_id = ${uuidOf(groupId)}::uuid`)
  return rows.map(({ id }) => idOf('organization', id))
}
