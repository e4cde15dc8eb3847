import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { recordEach } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { Role } from '../permissions/standing.ts'
import type { BusinessGroup } from './open-business-group.ts'

/**
 * Ends the places of people in a business group and in all below it (`branch`), with one event for each person, as when
 * somebody is removed. Returns how many people that were.
 */
export async function endPlacesOfGroup(
  tx: Transaction,
  actor: Actor,
  group: BusinessGroup,
  branch: readonly Id<'organization'>[],
): Promise<number> {
  const ended = tx.$with('ended').as(
    tx
      .update(memberships)
      .set({ endedAt: sql`now()`, endedBy: personOf(actor), endedReason: 'group-deleted' })
      .where(and(inArray(memberships.organizationId, [...branch]), isNull(memberships.endedAt)))
      .returning({
        userId: memberships.userId,
        organizationId: memberships.organizationId,
        role: memberships.role,
      }),
  )
  const rows = await tx
    .with(ended)
    .select({
      userId: ended.userId,
      fullName: users.fullName,
      organizationId: ended.organizationId,
      role: ended.role,
    })
    .from(ended)
    .innerJoin(users, eq(users.id, ended.userId))
  const people = new Map<Id<'user'>, Leaver>()
  for (const { userId, fullName, ...place } of rows) {
    const leaver = people.get(userId) ?? { fullName, places: [] }
    leaver.places.push(place)
    people.set(userId, leaver)
  }
  await recordEach(
    tx,
    actor,
    [...people].map(([id, { fullName, places }]) => ({
      name: 'membership.ended',
      rootOrganizationId: group.rootOrganizationId,
      organizationId: group.id,
      subject: { id, name: fullName },
      details: { organizationName: group.name, places },
    })),
  )
  return people.size
}

type Leaver = { fullName: string; places: { organizationId: Id<'organization'>; role: Role }[] }
