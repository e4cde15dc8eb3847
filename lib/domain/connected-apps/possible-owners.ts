import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { memberships, organizationAncestors } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { openActiveUser, type User } from '../users/open-user.ts'

/**
 * Holds the person who is to own an app in this organization: somebody who administers it or develops in it, there
 * or in an organization above. Their place is held until the transaction ends. Refuses anybody else under `ownerId`.
 */
export async function openPossibleOwner(
  tx: Transaction,
  userId: Id<'user'>,
  organizationId: Id<'organization'>,
): Promise<User> {
  const user = await openActiveUser(tx, userId, 'ownerId')
  if (await governs(tx, userId, organizationId)) return user
  // The person's name stays unsaid: whoever guesses an ID learns nothing.
  const sentence = 'An app’s owner administers its organization or develops in it. This person does neither.'
  throw new Refusal('invalid', sentence, { ownerId: sentence })
}

/** Whether a person administers an organization or develops in it, there or above; the places by which they do are held. */
export async function governs(
  tx: Database | Transaction,
  userId: Id<'user'>,
  organizationId: Id<'organization'>,
): Promise<boolean> {
  const places = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(organizationAncestors, eq(organizationAncestors.ancestorId, memberships.organizationId))
    .where(
      and(
        eq(organizationAncestors.organizationId, organizationId),
        eq(memberships.userId, userId),
        inArray(memberships.role, ['administrator', 'developer']),
        isNull(memberships.endedAt),
      ),
    )
    .for('share', { of: memberships })
  return places.length > 0
}
