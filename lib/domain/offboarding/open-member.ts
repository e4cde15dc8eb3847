import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { memberships, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { type Organization, openOrganization } from '../organizations/open-organization.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'

export type Membership = typeof memberships.$inferSelect
export type Member = {
  organization: Organization
  root: Organization
  person: { id: Id<'user'>; fullName: string }
  /** All the places the person has in the tree. */
  places: Membership[]
}

/**
 * The only way to hold a person's place in order to change or end it: holds the tree, asks for the permission, then holds all
 * the person's places in the tree until the transaction ends. Whoever makes this person an app's owner holds the same
 * rows (`openPossibleOwner`), so one of the two sees what the other did. Somebody without a place in the tree is
 * refused like somebody who does not exist.
 */
export async function openMember(
  tx: Transaction,
  actor: Actor,
  { userId, organizationId }: { userId: Id<'user'>; organizationId: Id<'organization'> },
  permission: Permission,
): Promise<Member> {
  const organization = await openOrganization(tx, actor, organizationId, permission)
  const { rootOrganizationId } = organization
  const [root] = await tx.select().from(organizations).where(eq(organizations.id, rootOrganizationId))
  // Not FOR UPDATE: a yes that refers to a place may still be written meanwhile; it is born dead.
  const places = await tx
    .select()
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.rootOrganizationId, rootOrganizationId),
        isNull(memberships.endedAt),
      ),
    )
    .orderBy(asc(memberships.id))
    .for('no key update')
  const [person] = await tx
    .select({ id: users.id, fullName: users.fullName })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.endedAt)))
  if (!root || !person || places.length === 0) throw noPlace(organization)
  return { organization, root, person, places }
}

/** What to say of somebody who has no place there, whoever they are. */
export function noPlace(organization: Organization): Refusal {
  const sentence = `There is no such person in ${organization.name}.`
  return new Refusal('not-found', sentence, { userId: sentence })
}
