import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { bulkRotations } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { recordEach } from '../audit/record.ts'
import type { Actor, SystemActor } from '../permissions/actor.ts'
import { may } from '../permissions/may.ts'
import { standingOf } from '../permissions/standing.ts'
import { HAND_OVER_HOURS } from './credentials-schema.ts'
import { findBeginner } from './find-beginner.ts'
import { forgetSealed } from './forget-sealed.ts'
import type { BulkRotation } from './open-bulk-rotation.ts'

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

/**
 * Forgets new secrets that nobody took along in time, and those that nobody can take along any more, because whoever began
 * lost the right to. Nobody knows them, so that their apps are due again, unless a newer
 * secret was made meanwhile. Returns of how many bulk rotations.
 */
export async function forgetSecrets(): Promise<number> {
  return transaction(async (tx) => {
    const ids = await findForgettable(tx)
    if (ids.length === 0) return 0
    const forgotten = await tx.execute<Forgotten>(sql`
      update bulk_rotations r set forgotten_at = now()
      from organizations o
      where o.id = r.organization_id and r.id = any(${sql.param(ids.map(uuidOf))}::uuid[])
      returning r.id, r.organization_id as "organizationId", r.root_organization_id as "rootOrganizationId", o.name,
        (select count(*)::int from bulk_rotation_apps a where a.bulk_rotation_id = r.id and a.sealed_secret is not null) as secrets`)
    for (const { id } of forgotten) await forgetSealed(tx, idOf('bulkRotation', id))
    await recordEach(
      tx,
      CLOCK,
      forgotten.map(({ id, organizationId, rootOrganizationId, name, secrets }) => ({
        name: 'bulk-rotation.forgotten',
        rootOrganizationId: idOf('organization', rootOrganizationId),
        organizationId: idOf('organization', organizationId),
        subject: { id: idOf('organization', organizationId), name },
        details: { bulkRotationId: idOf('bulkRotation', id), secrets },
      })),
    )
    return forgotten.length
  })
}

/**
 * Those that are late, and those of somebody who may no longer begin one there. A suspended organization is left as it is: in
 * it nobody has a right, and nobody could rotate again.
 */
async function findForgettable(tx: Transaction): Promise<Id<'bulkRotation'>[]> {
  const waiting = await tx
    .select({
      rotation: bulkRotations,
      isLate: sql<boolean>`${bulkRotations.finishedAt} < now() - make_interval(hours => ${HAND_OVER_HOURS})`,
      isSuspended: isNotNull(organizations.suspendedAt),
    })
    .from(bulkRotations)
    .innerJoin(organizations, eq(organizations.id, bulkRotations.rootOrganizationId))
    .where(
      and(
        isNull(bulkRotations.handedOverAt),
        isNull(bulkRotations.forgottenAt),
        isNotNull(bulkRotations.finishedAt),
      ),
    )
    .for('update', { of: bulkRotations, skipLocked: true })
  const ids: Id<'bulkRotation'>[] = []
  for (const { rotation, isLate, isSuspended } of waiting)
    if (isLate || !(isSuspended || (await mayStillTake(tx, rotation)))) ids.push(rotation.id)
  return ids
}

/** What a person began through an app, they may take along themselves, whatever became of the app. */
async function mayStillTake(tx: Transaction, rotation: BulkRotation): Promise<boolean> {
  const { startedBy, organizationId, rootOrganizationId } = rotation
  const beginner: Actor = startedBy
    ? { kind: 'user', userId: startedBy, name: '' }
    : await findBeginner(rotation)
  const standing = await standingOf(tx, beginner, organizationId)
  return may(beginner, 'connected-apps.rotate-many', { organizationId, rootOrganizationId }, standing)
}

type Forgotten = {
  id: string
  organizationId: string
  rootOrganizationId: string
  name: string
  secrets: number
}
