import { sql } from 'drizzle-orm'
import { database, transaction } from '#db/client'
import { type Id, idOf } from '../../base/ids.ts'
import type { SystemActor } from '../permissions/actor.ts'
import { answerCovered } from './answer-covered.ts'
import { outsidersOf } from './for-whom.ts'
import { openAllowlist } from './open-allowlist.ts'
import { findEntry } from './open-entry.ts'

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

/**
 * Answers requests that nobody has to answer any more: all who wait are by now in the group that the app's entry is for, because
 * they were put into it, or whoever was not in it waits no longer. They are told, as of an approval. Returns how many.
 */
export async function answerListedRequests(): Promise<number> {
  const found = await database().execute<{ root: string; app: string }>(sql`
    select distinct q.root_organization_id as root, q.app_id as app
    from approval_requests q
    join live_entries e on e.root_organization_id = q.root_organization_id and e.app_id = q.app_id
    join connected_apps c on c.id = q.app_id and c.ended_at is null
    join organizations r on r.id = q.root_organization_id and r.ended_at is null and r.suspended_at is null
    where q.answered_at is null and q.requested_at is not null and q.expires_at > now() and q.scopes <@ e.scopes
      and not exists (${outsidersOf(sql`e.group_id`, sql`q.id`)})`)
  let answered = 0
  for (const { root, app } of found)
    answered += await answerListed(idOf('organization', root), idOf('app', app))
  return answered
}

/** Under the lock of the allowlist, as whoever decides holds it: what they decided meanwhile stands. */
async function answerListed(rootOrganizationId: Id<'organization'>, appId: Id<'app'>): Promise<number> {
  return transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, CLOCK, rootOrganizationId, 'allowlist.approve')
    const entry = await findEntry(tx, allowlist, appId)
    if (!entry) return 0
    const { app, scopes, endsAt } = entry
    const answered = await answerCovered(
      tx,
      CLOCK,
      { rootOrganizationId, app, scopes, endsAt },
      { because: 'covered' },
    )
    return answered.length
  })
}
