import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { moveApps } from './move-apps.ts'
import { noPlace, openMember } from './open-member.ts'
import { refuseOwner } from './refuse-owner.ts'
import { type ChangeRoleInput, changeRoleSchema } from './schema.ts'

/**
 * Gives a person another role in an organization where they have a place. Apps that are left without an owner who administers
 * their organization or develops in it, there or from above, move to the root organization's owner; nothing else does.
 * The same role again changes nothing. Refuses another role than administrator for the root organization's owner, and
 * somebody who has no place there, also where they have one above.
 */
export async function changeRole(actor: Actor, input: ChangeRoleInput): Promise<{ movedApps: number }> {
  const { userId, organizationId, role } = parse(changeRoleSchema, input)
  return transaction(async (tx) => {
    const member = await openMember(tx, actor, { userId, organizationId }, 'organizations.change-role')
    const { organization, root, person } = member
    const place = member.places.find((one) => one.organizationId === organizationId)
    if (!place) throw noPlace(organization)
    if (place.role === role) return { movedApps: 0 }
    if (organizationId === root.id) refuseOwner(person, [root])
    await tx.update(memberships).set({ role }).where(eq(memberships.id, place.id))
    await record(tx, actor, {
      name: 'membership.role-changed',
      rootOrganizationId: root.id,
      organizationId,
      subject: { id: userId, name: person.fullName },
      details: { organizationName: organization.name, before: place.role, after: role },
    })
    const leaving = { userId, fullName: person.fullName, rootOrganizationId: root.id } as const
    return { movedApps: await moveApps(tx, actor, { ...leaving, trigger: 'rights-lost' }) }
  })
}
