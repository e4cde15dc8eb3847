import { inArray, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { leaveGroups } from '../people/leave-groups.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { moveApps } from './move-apps.ts'
import { noPlace, openMember } from './open-member.ts'
import { placesWithin } from './places-within.ts'
import { refuseOwner } from './refuse-owner.ts'
import { type RemoveMemberInput, removeMemberSchema } from './schema.ts'

/**
 * Ends a person's place in an organization and in all below it; in a root organization that is the whole tree, and what
 * the person authorized there ends with it, and they leave its groups: coming back brings none of it back. Their apps that are left without an
 * owner move to the root organization's owner. Refuses to remove that owner, and somebody who has no place there.
 */
export async function removeMember(actor: Actor, input: RemoveMemberInput): Promise<{ movedApps: number }> {
  const { userId, organizationId } = parse(removeMemberSchema, input)
  return transaction(async (tx) => {
    const member = await openMember(tx, actor, { userId, organizationId }, 'organizations.remove-member')
    const { organization, root, person } = member
    const isRoot = organizationId === root.id
    if (isRoot) refuseOwner(person, [root])
    const ending = await placesWithin(tx, member.places, organizationId)
    if (ending.length === 0) throw noPlace(organization)
    await tx
      .update(memberships)
      .set({ endedAt: sql`now()`, endedBy: personOf(actor), endedReason: 'removed' })
      .where(
        inArray(
          memberships.id,
          ending.map((place) => place.id),
        ),
      )
    await record(tx, actor, {
      name: 'membership.ended',
      rootOrganizationId: root.id,
      organizationId,
      subject: { id: userId, name: person.fullName },
      details: {
        organizationName: organization.name,
        places: ending.map((place) => ({ organizationId: place.organizationId, role: place.role })),
      },
    })
    if (isRoot) await leaveGroups(tx, userId, [root.id])
    const trigger = isRoot ? 'membership-ended' : 'rights-lost'
    const leaving = { userId, rootOrganizationId: root.id, trigger } as const
    return { movedApps: await moveApps(tx, actor, leaving) }
  })
}
