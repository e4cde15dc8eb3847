import { eq } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseRoleAbove } from '../organizations/refuse-role-above.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Role } from '../permissions/standing.ts'
import { moveApps } from './move-apps.ts'
import { type Member, type Membership, noPlace, openMember } from './open-member.ts'
import { refuseOwner } from './refuse-owner.ts'
import { type ChangeRoleInput, changeRoleSchema } from './schema.ts'

/**
 * Gives a person another role in an organization where they have a place. Apps that are left without an owner who administers
 * their organization or develops in it, there or from above, move to the root organization's owner; nothing else does.
 * A developer may be given a quota of apps with it; the apps they own already stay theirs, however many. The same again
 * changes nothing. Refuses another role than administrator for the root organization's owner, a quota for anybody but a
 * developer, somebody who has no place there, also where they have one above, an app that would make an administrator
 * where its owner is none, and one that would hand itself on.
 */
export async function changeRole(actor: Actor, input: ChangeRoleInput): Promise<{ movedApps: number }> {
  const { userId, organizationId, role, appsMax: wantedMax } = parse(changeRoleSchema, input)
  return transaction(async (tx) => {
    const member = await openMember(tx, actor, { userId, organizationId }, 'organizations.change-role')
    const { organization, root, person } = member
    const place = member.places.find((one) => one.organizationId === organizationId)
    if (!place) throw noPlace(organization)
    // What is not said stays, as long as it is a developer's place.
    const appsMax = role === 'developer' ? (wantedMax === undefined ? place.appsMax : wantedMax) : null
    if (place.role === role && place.appsMax === appsMax) return { movedApps: 0 }
    if (organizationId === root.id && role !== 'administrator') refuseOwner(person, [root])
    if (place.role !== role) await refuseRoleAbove(tx, actor, role, organizationId)
    await tx.update(memberships).set({ role, appsMax }).where(eq(memberships.id, place.id))
    await recordChange(tx, actor, member, place, { role, appsMax })
    const leaving = { userId, rootOrganizationId: root.id } as const
    return { movedApps: await moveApps(tx, actor, { ...leaving, trigger: 'rights-lost' }) }
  })
}

/** A quota that goes with the role is no news of its own. */
async function recordChange(
  tx: Transaction,
  actor: Actor,
  { organization, root, person }: Member,
  before: Membership,
  after: { role: Role; appsMax: number | null },
): Promise<void> {
  const about = {
    rootOrganizationId: root.id,
    organizationId: organization.id,
    subject: { id: person.id, name: person.fullName },
  }
  if (before.role !== after.role) {
    const { role, appsMax } = after
    const quota = appsMax === null ? {} : { appsMax }
    const details = { organizationName: organization.name, before: before.role, after: role, ...quota }
    await record(tx, actor, { ...about, name: 'membership.role-changed', details })
    return
  }
  const details = {
    organizationName: organization.name,
    before: before.appsMax ?? 'any number',
    after: after.appsMax ?? 'any number',
  }
  await record(tx, actor, { ...about, name: 'membership.quota-changed', details })
}
