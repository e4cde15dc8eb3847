import { asc, eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { bulkRotationApps, bulkRotations, connectedApps } from '#db/schema/connected-apps'
import { type Id, isId, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { HAND_OVER_HOURS } from './credentials-schema.ts'
import { checkBeginner } from './open-bulk-rotation.ts'

export type RotationProgress = {
  id: Id<'bulkRotation'>
  organizationId: Id<'organization'>
  overlapHours: number
  startedAt: Date
  finishedAt: Date | null
  handedOverAt: Date | null
  /** Nobody took the secrets along in time. */
  forgottenAt: Date | null
  /** Until when they can be taken along; null before it is finished. */
  keptUntil: Date | null
  counts: { all: number; done: number; refused: number }
  /** The apps that got no new secret, and why. */
  refusals: { appId: Id<'app'>; name: string; sentence: string }[]
}

/** How far a bulk rotation is; for whoever began it. */
export async function getBulkRotation(
  actor: Actor,
  bulkRotationId: Id<'bulkRotation'>,
): Promise<RotationProgress> {
  const db = database()
  const [found] = isId('bulkRotation', bulkRotationId)
    ? await db.select().from(bulkRotations).where(eq(bulkRotations.id, bulkRotationId))
    : []
  const rotation = await checkBeginner(db, actor, found)
  const { id, organizationId, overlapHours, startedAt, finishedAt, handedOverAt, forgottenAt } = rotation
  const [[counts], refusals] = await Promise.all([
    db.execute<{ all: number; done: number; refused: number }>(sql`
      select count(*)::int as all, count(done_at)::int as done, count(refusal)::int as refused
      from bulk_rotation_apps where bulk_rotation_id = ${uuidOf(id)}::uuid`),
    db
      .select({
        appId: bulkRotationApps.appId,
        name: connectedApps.name,
        sentence: sql<string>`${bulkRotationApps.refusal}`,
      })
      .from(bulkRotationApps)
      .innerJoin(connectedApps, eq(connectedApps.id, bulkRotationApps.appId))
      .where(
        sql`${bulkRotationApps.bulkRotationId} = ${uuidOf(id)}::uuid and ${bulkRotationApps.refusal} is not null`,
      )
      .orderBy(asc(sql`lower(${connectedApps.name})`)),
  ])
  return {
    id,
    organizationId,
    overlapHours,
    startedAt,
    finishedAt,
    handedOverAt,
    forgottenAt,
    keptUntil: finishedAt && new Date(finishedAt.getTime() + HAND_OVER_HOURS * 3_600_000),
    counts: counts ?? { all: 0, done: 0, refused: 0 },
    refusals,
  }
}
