import { sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { isId, uuidOf } from '../../base/ids.ts'
import { recordEach } from '../audit/record.ts'
import type { SystemActor } from '../permissions/actor.ts'
import { type EndedRequest, endedId, endedRow, happeningOf } from './ended-requests.ts'
import { tellRequesters } from './tell-requesters.ts'

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

/**
 * Closes the requests for an app that was blocked, and tells whoever waited: nobody could use an approval. Left to be done by
 * the block itself. Returns how many.
 */
export async function endBlockedRequests(of: { rootOrganizationId: string; appId: string }): Promise<number> {
  const { rootOrganizationId, appId } = of
  if (!isId('organization', rootOrganizationId) || !isId('app', appId)) return 0
  return transaction(async (tx) => {
    const ended = await tx.execute<EndedRequest>(sql`
      update approval_requests q set answer = 'blocked', answered_at = now(), answered_by = i.blocked_by
      from connected_apps c, installations i
      where c.id = q.app_id and i.root_organization_id = q.root_organization_id and i.app_id = q.app_id
        and i.blocked_at is not null and q.id in (
          select q.id from approval_requests q
          where q.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid
            and q.app_id = ${uuidOf(appId)}::uuid and q.answered_at is null and q.requested_at is not null and q.expires_at > now()
          order by q.id for update)
      returning ${endedRow}`)
    await recordEach(
      tx,
      CLOCK,
      ended.map((one) => happeningOf('allowlist.request-blocked', one)),
    )
    await tellRequesters(tx, ended.map(endedId), { kind: 'blocked' })
    return ended.length
  })
}
