import { sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { readEvents } from '../audit/read-events.ts'

/** Why a request is over that nobody answered by itself; `covered`: by an entry that is as it was, because others are in its group by now, or ask. */
export const LISTED_BECAUSE = ['entry-added', 'entry-widened', 'entry-limited', 'covered'] as const
export type ListedBecause = (typeof LISTED_BECAUSE)[number]

type Answered = {
  requestId: Id<'approvalRequest'>
  rootOrganizationId: Id<'organization'>
  appId: Id<'app'>
  answeredAt: Date
}

/** Why an approved request is over, as it was recorded with it; null where somebody answered it by itself. */
export async function findListedBecause(
  db: Database,
  { requestId, rootOrganizationId, appId, answeredAt }: Answered,
): Promise<ListedBecause | null> {
  // The event's moment is the answer's, to the millisecond that a date of ours keeps.
  const from = answeredAt.toISOString()
  const until = new Date(answeredAt.getTime() + 1000).toISOString()
  const [found] = await readEvents(
    db,
    {
      rootOrganizationId,
      filters: { appId, act: 'allowlist.request-listed', from, until },
      visible: sql`e.details->>'requestId' = ${requestId}`,
    },
    { limit: 1 },
  )
  return LISTED_BECAUSE.find((because) => because === found?.event.details.because) ?? null
}
