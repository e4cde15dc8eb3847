import { and, eq, inArray } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { organizationAncestors } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import type { Membership } from './open-member.ts'

/** Those of a person's places that lie in an organization or below it. */
export async function placesWithin(
  tx: Database | Transaction,
  places: readonly Membership[],
  organizationId: Id<'organization'>,
): Promise<Membership[]> {
  const within = await tx
    .select({ id: organizationAncestors.organizationId })
    .from(organizationAncestors)
    .where(
      and(
        eq(organizationAncestors.ancestorId, organizationId),
        inArray(
          organizationAncestors.organizationId,
          places.map((place) => place.organizationId),
        ),
      ),
    )
  const ids = new Set(within.map(({ id }) => id))
  return places.filter((place) => ids.has(place.organizationId))
}
