import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { idOf } from '../../base/ids.ts'

/** So long nothing of a removal was counted: whoever was at it is gone. */
const IDLE_SECONDS = 60

/** Sets counts of removals going again whose process died: the queue would hold their job for hours. Returns how many. */
export async function resumeRemovalCounts(): Promise<number> {
  return database().transaction(async (tx) => {
    const idle = await tx.execute<{ id: string }>(sql`
      select id from removals
      where counted_at is null and coalesce(counting_at, removed_at) < now() - make_interval(secs => ${IDLE_SECONDS})
      for update skip locked`)
    for (const { id } of idle) {
      const removalId = idOf('removal', id)
      await enqueueJob(tx, 'count-removal', { removalId }, removalId)
    }
    return idle.length
  })
}
