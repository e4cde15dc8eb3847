import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { idOf } from '../../base/ids.ts'

/** So long nothing of a bulk rotation has been done: whoever was at it is gone. */
const IDLE_SECONDS = 60

/**
 * Sets bulk rotations going again whose process died: the queue would hold their job for hours. A job that only waits is
 * brought forward; one whose process lives on after all keeps the rotation to itself (`rotate-many.ts`). Returns how many.
 */
export async function resumeBulkRotations(): Promise<number> {
  return database().transaction(async (tx) => {
    const idle = await tx.execute<{ id: string }>(sql`
      select r.id from bulk_rotations r
      where r.handed_over_at is null and r.forgotten_at is null and r.finished_at is null
        and greatest(r.started_at, (select max(a.done_at) from bulk_rotation_apps a where a.bulk_rotation_id = r.id))
          < now() - make_interval(secs => ${IDLE_SECONDS})
      for update skip locked`)
    for (const { id } of idle) {
      const bulkRotationId = idOf('bulkRotation', id)
      await enqueueJob(tx, 'rotate-many', { bulkRotationId }, bulkRotationId)
    }
    return idle.length
  })
}
