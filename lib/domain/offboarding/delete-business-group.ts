import { and, inArray, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { environments, memberships, organizations } from '#db/schema/organizations'
import { invitations } from '#db/schema/people'
import { users } from '#db/schema/users'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record, recordEach } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type EndedContexts, endContexts } from './end-contexts.ts'
import { holdAppsAround } from './hold-apps.ts'
import { moveAppsWithin } from './move-apps.ts'
import { type BusinessGroup, openBusinessGroup } from './open-business-group.ts'
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
    const keptApps = await keepApps(tx, actor, group, appsTo === 'parent')
    const ended = await endContexts(tx, actor, named(group.id), 'group-deleted')
    const people = await endPlaces(tx, actor, group, branch)
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

/** Apps that reside in the branch come to reside above it, where they may do what they could before and nothing more. */
async function keepApps(
  tx: Transaction,
  actor: Actor,
  { id, name, parentId, rootOrganizationId }: BusinessGroup,
  isWanted: boolean,
): Promise<number> {
  const inBranch = sql`c.ended_at is null and c.organization_id in (
    select organization_id from organization_ancestors where ancestor_id = ${uuidOf(id)}::uuid)`
  if (!isWanted) {
    const [row] = await tx.execute<{ apps: number }>(
      sql`select count(*)::int as apps from connected_apps c where ${inBranch}`,
    )
    if (row?.apps) throw refuseWithApps(name, row.apps)
    return 0
  }
  const by = personOf(actor)
  const kept = await tx.execute<KeptApp>(sql`
    update connected_apps c
    set organization_id = p.id, version = c.version + 1, updated_at = now(), updated_by = ${by && uuidOf(by)}::uuid
    from organizations p, organizations former
    where ${inBranch} and p.id = ${uuidOf(parentId)}::uuid and former.id = c.organization_id
    returning c.id, c.name, c.version, former.id as "formerId", former.name as before, p.name as after`)
  await recordEach(
    tx,
    actor,
    kept.map((app) => ({
      name: 'connected-app.moved',
      rootOrganizationId,
      organizationId: parentId,
      appId: idOf('app', app.id),
      subject: { id: idOf('app', app.id), name: app.name },
      details: {
        version: app.version,
        changed: { organizationId: { before: idOf('organization', app.formerId), after: parentId } },
        before: app.before,
        after: app.after,
      },
    })),
  )
  return kept.length
}

type KeptApp = {
  id: string
  name: string
  version: number
  formerId: string
  before: string
  after: string
}

function refuseWithApps(name: string, apps: number): Refusal {
  const sentence =
    apps === 1
      ? `An app resides in ${name} or below it. Move it to the organization above, or delete it first.`
      : `${apps.toLocaleString('en')} apps reside in ${name} or below it. Move them to the organization above, or delete them first.`
  return new Refusal('conflict', sentence, { appsTo: sentence })
}

/** One event for each person, as when somebody is removed. */
async function endPlaces(
  tx: Transaction,
  actor: Actor,
  group: BusinessGroup,
  branch: readonly Id<'organization'>[],
): Promise<number> {
  const places = await tx
    .update(memberships)
    .set({ endedAt: sql`now()`, endedBy: personOf(actor), endedReason: 'group-deleted' })
    .where(and(inArray(memberships.organizationId, [...branch]), isNull(memberships.endedAt)))
    .returning({
      userId: memberships.userId,
      organizationId: memberships.organizationId,
      role: memberships.role,
    })
  const people = await tx
    .select({ id: users.id, fullName: users.fullName })
    .from(users)
    .where(
      inArray(
        users.id,
        places.map(({ userId }) => userId),
      ),
    )
  await recordEach(
    tx,
    actor,
    people.map((person) => ({
      name: 'membership.ended',
      rootOrganizationId: group.rootOrganizationId,
      organizationId: group.id,
      subject: { id: person.id, name: person.fullName },
      details: {
        organizationName: group.name,
        places: places
          .filter(({ userId }) => userId === person.id)
          .map(({ organizationId, role }) => ({ organizationId, role })),
      },
    })),
  )
  return people.length
}
