import { and, asc, eq, isNull, notExists, sql } from 'drizzle-orm'
import { database, type Transaction, transaction } from '#db/client'
import { bulkRotationApps, bulkRotations } from '#db/schema/connected-apps'
import { seal } from '../../base/encryption.ts'
import type { Id } from '../../base/ids.ts'
import { log } from '../../base/log.ts'
import { isRefusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { findBeginner } from './find-beginner.ts'
import { openApp } from './open-app.ts'
import { recordRotation, replaceSecret } from './replace-secret.ts'

type Rotation = typeof bulkRotations.$inferSelect

/**
 * Works off a bulk rotation: each app that still waits, in a transaction of its own, by the rule of a single rotation and
 * in the name of whoever began it, as they are now. It can be broken off at any point and begun again, also by two
 * processes at once: an app that is done stays done, with exactly one new secret.
 */
export async function rotateMany(
  { bulkRotationId }: { bulkRotationId: string },
  { abortSignal }: { abortSignal?: AbortSignal } = {},
): Promise<void> {
  const db = database()
  const isThis = eq(bulkRotations.id, bulkRotationId as Id<'bulkRotation'>)
  const [rotation] = await db.select().from(bulkRotations).where(isThis)
  if (!rotation || rotation.finishedAt) return
  const waiting = await db
    .select({ appId: bulkRotationApps.appId })
    .from(bulkRotationApps)
    .where(and(eq(bulkRotationApps.bulkRotationId, rotation.id), isNull(bulkRotationApps.doneAt)))
    .orderBy(asc(bulkRotationApps.appId))
  await eachOf(waiting, async ({ appId }) => {
    abortSignal?.throwIfAborted()
    const actor = await findBeginner(rotation)
    await transaction((tx) => rotateOne(tx, actor, rotation, appId))
  })
  const stillWaiting = db
    .select({ appId: bulkRotationApps.appId })
    .from(bulkRotationApps)
    .where(and(eq(bulkRotationApps.bulkRotationId, rotation.id), isNull(bulkRotationApps.doneAt)))
  await db
    .update(bulkRotations)
    .set({ finishedAt: sql`now()` })
    .where(and(isThis, isNull(bulkRotations.finishedAt), notExists(stillWaiting)))
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

/** One app that fails for a reason nobody foresaw holds up no other; two in a row are no matter of an app. */
async function eachOf<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  let failure: unknown
  let isSecond = false
  for (const thing of things) {
    try {
      await work(thing)
      isSecond = false
    } catch (error) {
      if (isSecond || (error instanceof Error && error.name === 'AbortError')) throw error
      log().warn({ err: error }, 'a secret of a bulk rotation could not be rotated and will be tried again')
      failure = error
      isSecond = true
    }
  }
  if (failure) throw failure
}
