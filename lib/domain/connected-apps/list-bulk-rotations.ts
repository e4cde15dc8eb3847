import { and, desc, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { bulkRotations } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'

export type OpenRotation = { id: Id<'bulkRotation'>; startedAt: Date; finishedAt: Date | null }

/** More than anyone leaves lying about. */
const SHOWN_MAX = 10

/** The bulk rotations of an organization that the actor began and whose secrets they still have to take along, newest first. */
export async function listBulkRotations(
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<OpenRotation[]> {
  if (actor.kind !== 'user' || actor.through) return []
  return database()
    .select({
      id: bulkRotations.id,
      startedAt: bulkRotations.startedAt,
      finishedAt: bulkRotations.finishedAt,
    })
    .from(bulkRotations)
    .where(
      and(
        eq(bulkRotations.organizationId, organizationId),
        eq(bulkRotations.startedBy, actor.userId),
        isNull(bulkRotations.startedByAppId),
        isNull(bulkRotations.handedOverAt),
        isNull(bulkRotations.forgottenAt),
      ),
    )
    .orderBy(desc(bulkRotations.startedAt))
    .limit(SHOWN_MAX)
}
