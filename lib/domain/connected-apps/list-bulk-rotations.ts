import { and, desc, eq, isNull, type SQL } from 'drizzle-orm'
import { database } from '#db/client'
import { bulkRotations } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'

export type OpenRotation = { id: Id<'bulkRotation'>; startedAt: Date; finishedAt: Date | null }

/** More than anyone leaves lying about. */
const SHOWN_MAX = 10

/**
 * The bulk rotations of an organization that the actor began, through the same app or none, and whose secrets they still have to
 * take along, newest first. Refuses whoever may begin none there.
 */
export async function listBulkRotations(
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<OpenRotation[]> {
  const db = database()
  const [place] = await db
    .select({ organizationId: organizations.id, rootOrganizationId: organizations.rootOrganizationId })
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
  if (!place) throw await absentOrganization(db, actor)
  await checkOrganization(db, actor, 'connected-apps.rotate-many', place)
  return db
    .select({
      id: bulkRotations.id,
      startedAt: bulkRotations.startedAt,
      finishedAt: bulkRotations.finishedAt,
    })
    .from(bulkRotations)
    .where(
      and(
        eq(bulkRotations.organizationId, organizationId),
        begunBy(actor),
        isNull(bulkRotations.handedOverAt),
        isNull(bulkRotations.forgottenAt),
      ),
    )
    .orderBy(desc(bulkRotations.startedAt))
    .limit(SHOWN_MAX)
}

function begunBy(actor: Actor): SQL | undefined {
  const { startedBy, startedByAppId } = bulkRotations
  const appId = actor.kind === 'app' ? actor.appId : actor.kind === 'user' ? actor.through?.appId : undefined
  const person = personOf(actor)
  return and(
    person ? eq(startedBy, person) : isNull(startedBy),
    appId ? eq(startedByAppId, appId) : undefined,
  )
}
