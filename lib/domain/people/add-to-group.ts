import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { groupMembers } from '#db/schema/people'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { listed } from '../../base/listed.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type Group, openGroup } from './open-group.ts'
import { type AddToGroupInput, addToGroupSchema } from './schema.ts'

/**
 * Puts people into a group, all or none. Who is in it already stays in it. Refuses anybody without a place in the root
 * organization, in the same words whether or not they exist.
 */
export async function addToGroup(actor: Actor, input: AddToGroupInput): Promise<{ added: number }> {
  const { groupId, userIds } = parse(addToGroupSchema, input)
  return transaction(async (tx) => {
    const group = await openGroup(tx, actor, groupId)
    const people = await openColleagues(tx, group, userIds)
    const rows = people.map(({ id }) => ({ groupId, userId: id, addedBy: personOf(actor) }))
    const added = await tx
      .insert(groupMembers)
      .values(rows)
      .onConflictDoNothing()
      .returning({ userId: groupMembers.userId })
    if (added.length === 0) return { added: 0 }
    const ids = new Set(added.map(({ userId }) => userId))
    const names = people.filter(({ id }) => ids.has(id)).map(({ fullName }) => fullName)
    await record(tx, actor, {
      name: 'group.people-added',
      rootOrganizationId: group.rootOrganizationId,
      subject: { id: groupId, name: group.name },
      details: { people: listed(names), userIds: [...ids] },
    })
    return { added: added.length }
  })
}

/** Holds their places in the root organization, so that nobody leaves it in between. */
async function openColleagues(tx: Transaction, group: Group, userIds: readonly Id<'user'>[]) {
  const wanted = [...new Set(userIds)]
  const people = await tx
    .select({ id: users.id, fullName: users.fullName })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        inArray(memberships.userId, wanted),
        eq(memberships.organizationId, group.rootOrganizationId),
        isNull(memberships.endedAt),
        isNull(users.endedAt),
      ),
    )
    .orderBy(asc(memberships.id))
    .for('share', { of: memberships })
  if (people.length === wanted.length) return people
  const sentence = 'A group is made of people of its organization. Somebody named here has no place in it.'
  throw new Refusal('invalid', sentence, { userIds: sentence })
}
