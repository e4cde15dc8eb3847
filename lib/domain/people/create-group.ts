import { and, count, eq, isNull } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { groups } from '#db/schema/people'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { openOrganization } from '../organizations/open-organization.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { type CreateGroupInput, createGroupSchema, GROUPS_PER_ROOT_MAX } from './schema.ts'

/**
 * Makes a group of people in a root organization, empty at first. Refuses a name another group has, whatever its case,
 * a business group, and the 1,001st group.
 */
export async function createGroup(
  actor: Actor,
  input: CreateGroupInput,
): Promise<{ groupId: Id<'group'>; version: number }> {
  const { rootOrganizationId, name, description } = parse(createGroupSchema, input)
  return transaction(async (tx) => {
    await checkInRoot(tx, actor, rootOrganizationId, 'groups.change')
    await openOrganization(tx, actor, rootOrganizationId, 'groups.change')
    await refuseTooMany(tx, rootOrganizationId)
    const groupId = newId('group')
    await tx
      .insert(groups)
      .values({ id: groupId, rootOrganizationId, name, description, createdBy: personOf(actor) })
    await record(tx, actor, {
      name: 'group.created',
      rootOrganizationId,
      subject: { id: groupId, name },
    })
    return { groupId, version: 1 }
  })
}

/** The root's row is held, so two at once cannot both be the last one. */
async function refuseTooMany(tx: Transaction, rootOrganizationId: Id<'organization'>): Promise<void> {
  const [row] = await tx
    .select({ made: count() })
    .from(groups)
    .where(and(eq(groups.rootOrganizationId, rootOrganizationId), isNull(groups.endedAt)))
  if ((row?.made ?? 0) < GROUPS_PER_ROOT_MAX) return
  const most = GROUPS_PER_ROOT_MAX.toLocaleString('en')
  throw new Refusal('limit-reached', `An organization has at most ${most} groups. Delete one nobody uses.`)
}
