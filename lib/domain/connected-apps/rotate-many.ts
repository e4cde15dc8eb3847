import { and, asc, eq, isNull, notExists, sql } from 'drizzle-orm'
import { database, doAlone, type Transaction, transaction } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { bulkRotationApps, bulkRotations } from '#db/schema/connected-apps'
import { seal } from '../../base/encryption.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import { log } from '../../base/log.ts'
import { isRefusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { findBeginner } from './find-beginner.ts'
import { openApp } from './open-app.ts'
import { recordRotation, replaceSecret } from './replace-secret.ts'

type Rotation = typeof bulkRotations.$inferSelect

/** So often, or for so long, an app that fails is tried again. */
const FAILURES_MAX = 5
const TRIED_HOURS = 1
/** Then whoever else waits for the queue has their turn: somebody's mail, or another organization's rotation. */
const APPS_AT_A_TIME = 100

/**
 * Works off a bulk rotation: each app that still waits, in a transaction of its own, by the rule of a single rotation and
 * in the name of whoever began it, as they are now. It can be broken off at any point and begun again: an app that is done
 * stays done, with exactly one new secret. Of two jobs that come to the same rotation, one works. An app that fails for a
 * reason nobody foresaw holds up no other; it is tried again by the next run, five times or for an hour, then said to have failed.
 * After a hundred apps it goes to the end of the queue.
 */
export async function rotateMany(
  { bulkRotationId }: { bulkRotationId: string },
  { abortSignal }: { abortSignal?: AbortSignal } = {},
): Promise<void> {
  let isMore = false
  await doAlone(`rotate-many ${bulkRotationId}`, async () => {
    isMore = await workOff(bulkRotationId as Id<'bulkRotation'>, abortSignal)
  })
  if (isMore) await transaction((tx) => enqueueJob(tx, 'rotate-many', { bulkRotationId }, bulkRotationId))
}

/** Whether some still wait that were not tried this time. */
async function workOff(id: Id<'bulkRotation'>, abortSignal?: AbortSignal): Promise<boolean> {
  const db = database()
  const isThis = eq(bulkRotations.id, id)
  const [rotation] = await db.select().from(bulkRotations).where(isThis)
  if (!rotation || rotation.finishedAt) return false
  // Those that failed before come last.
  const waiting = await waitingOf(id).orderBy(asc(bulkRotationApps.failures), asc(bulkRotationApps.appId))
  const failure = await rotateEach(rotation, waiting.slice(0, APPS_AT_A_TIME), abortSignal)
  const finished = await db
    .update(bulkRotations)
    .set({ finishedAt: sql`now()` })
    .where(and(isThis, isNull(bulkRotations.finishedAt), notExists(waitingOf(id))))
    .returning({ id: bulkRotations.id })
  const isMore = waiting.length > APPS_AT_A_TIME
  // The queue begins again, each time a little later.
  if (finished.length === 0 && failure && !isMore) throw failure
  return isMore
}

function waitingOf(id: Id<'bulkRotation'>) {
  return database()
    .select({ appId: bulkRotationApps.appId })
    .from(bulkRotationApps)
    .where(and(eq(bulkRotationApps.bulkRotationId, id), isNull(bulkRotationApps.doneAt)))
}

async function rotateEach(
  rotation: Rotation,
  waiting: readonly { appId: Id<'app'> }[],
  abortSignal?: AbortSignal,
): Promise<unknown> {
  let failure: unknown
  for (const { appId } of waiting) {
    abortSignal?.throwIfAborted()
    try {
      const actor = await findBeginner(rotation)
      await transaction((tx) => rotateOne(tx, actor, rotation, appId))
    } catch (error) {
      failure = error
      log().warn({ err: error, appId }, 'a secret of a bulk rotation could not be rotated')
      // This fails where the database is away, and that is no matter of an app.
      await countFailure(rotation, appId)
    }
  }
  return failure
}

const FAILED =
  'It failed again and again for a reason of ours, and has the secrets it had. Rotate it alone, and tell whoever runs Gatehouse if that fails too.'

async function countFailure({ id }: Rotation, appId: Id<'app'>): Promise<void> {
  await database().execute(sql`
    update bulk_rotation_apps a set
      failures = a.failures + 1,
      (done_at, refusal) = (
        select clock_timestamp(), ${FAILED} where a.failures + 1 >= ${FAILURES_MAX}
          or r.started_at < now() - make_interval(hours => ${TRIED_HOURS}))
    from bulk_rotations r
    where r.id = a.bulk_rotation_id and a.done_at is null
      and a.bulk_rotation_id = ${uuidOf(id)}::uuid and a.app_id = ${uuidOf(appId)}::uuid`)
}

/** Under what words a new secret is sealed until it is handed over. */
export function aboutSecret(bulkRotationId: Id<'bulkRotation'>, appId: Id<'app'>): string {
  return `${bulkRotationId} ${appId}`
}

/** The app's row is held from the look whether it still waits until it is done: whoever comes second finds it done. */
async function rotateOne(tx: Transaction, actor: Actor, rotation: Rotation, appId: Id<'app'>): Promise<void> {
  const isThis = and(
    eq(bulkRotationApps.bulkRotationId, rotation.id),
    eq(bulkRotationApps.appId, appId),
    isNull(bulkRotationApps.doneAt),
  )
  const [waiting] = await tx.select().from(bulkRotationApps).where(isThis).for('update')
  if (!waiting) return
  const outcome = await tx.transaction((inner) => rotate(inner, actor, rotation, appId)).catch(refused)
  await tx
    .update(bulkRotationApps)
    .set({ ...outcome, doneAt: sql`clock_timestamp()` })
    .where(isThis)
}

async function rotate(tx: Transaction, actor: Actor, rotation: Rotation, appId: Id<'app'>) {
  const wanted = { overlapHours: rotation.overlapHours }
  const app = await openApp(tx, actor, appId, 'connected-apps.rotate-secret')
  const made = await replaceSecret(tx, actor, app, wanted)
  await recordRotation(tx, actor, app, wanted, made, rotation.id)
  return { secretId: made.secretId, sealedSecret: seal(made.secret, aboutSecret(rotation.id, appId)) }
}

function refused(thrown: unknown): { refusal: string } {
  if (!isRefusal(thrown)) throw thrown
  if (thrown.code !== 'not-found') return { refusal: thrown.sentence }
  return { refusal: 'The app was deleted, or its secret may no longer be rotated by whoever began this.' }
}
