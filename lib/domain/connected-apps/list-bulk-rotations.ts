import { and, desc, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { bulkRotations } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { may } from '../permissions/may.ts'
import { standingOf } from '../permissions/standing.ts'

export type OpenRotation = { id: Id<'bulkRotation'>; startedAt: Date; finishedAt: Date | null }

/** More than anyone leaves lying about. */
const SHOWN_MAX = 10

/**
 * The bulk rotations of an organization that the actor began, through the same app or none, and whose secrets they still have to
 * take along, newest first; none where they may no longer begin one.
 */
export async function listBulkRotations(
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<OpenRotation[]> {
  if (actor.kind === 'system') return []
  const [startedBy, startedByAppId] =
    actor.kind === 'app' ? [null, actor.appId] : [actor.userId, actor.through?.appId ?? null]
  const db = database()
  const rows = await db
    .select({
      id: bulkRotations.id,
      startedAt: bulkRotations.startedAt,
      finishedAt: bulkRotations.finishedAt,
      rootOrganizationId: bulkRotations.rootOrganizationId,
    })
    .from(bulkRotations)
    .where(
      and(
        eq(bulkRotations.organizationId, organizationId),
        startedBy ? eq(bulkRotations.startedBy, startedBy) : isNull(bulkRotations.startedBy),
        startedByAppId
          ? eq(bulkRotations.startedByAppId, startedByAppId)
          : isNull(bulkRotations.startedByAppId),
        isNull(bulkRotations.handedOverAt),
        isNull(bulkRotations.forgottenAt),
      ),
    )
    .orderBy(desc(bulkRotations.startedAt))
    .limit(SHOWN_MAX)
  const [first] = rows
  if (!first) return []
  const place = { organizationId, rootOrganizationId: first.rootOrganizationId }
  const standing = await standingOf(db, actor, organizationId)
  if (!may(actor, 'connected-apps.rotate-many', place, standing)) return []
  return rows.map(({ id, startedAt, finishedAt }) => ({ id, startedAt, finishedAt }))
}
