import { eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { allowlists } from '#db/schema/allowlist'
import { type Id, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { entryScopesFor } from './for-whom.ts'
import { whoAnswers } from './who-answers.ts'

export type RequestRules = {
  /** Whether an app that asks for more than is approved is given what is, instead of nothing. */
  grantsApprovedOnly: boolean
  /** Whether those who answer requests are told of them by mail. */
  tellsOfRequests: boolean
  /** How many may answer them: administrators and reviewers. */
  answerers: number
  /** Requests that wait, and how many of them are for an app of which a part is approved for all who asked. */
  waiting: number
  partlyApproved: number
}

/** What happens where an app asks for more than is approved, and what another rule would mean for those who wait now. */
export async function getRequestRules(
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
): Promise<RequestRules> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'allowlist.view')
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const [[rules], [counts]] = await Promise.all([
    db
      .select({
        grantsApprovedOnly: allowlists.grantsApprovedOnly,
        tellsOfRequests: allowlists.tellsOfRequests,
      })
      .from(allowlists)
      .where(eq(allowlists.rootOrganizationId, rootOrganizationId)),
    db.execute<Pick<RequestRules, 'answerers' | 'waiting' | 'partlyApproved'>>(sql`
      select (select count(*)::int from (${whoAnswers(root)}) w) as answerers,
        count(*)::int as waiting,
        count(*) filter (where q.scopes && ${entryScopesFor(sql`q.id`)})::int as "partlyApproved"
      from approval_requests q
      join connected_apps c on c.id = q.app_id and c.ended_at is null
      left join live_entries on live_entries.root_organization_id = q.root_organization_id
        and live_entries.app_id = q.app_id
      where q.root_organization_id = ${root} and q.answered_at is null and q.requested_at is not null
        and q.expires_at > now()`),
  ])
  return {
    grantsApprovedOnly: rules?.grantsApprovedOnly ?? false,
    tellsOfRequests: rules?.tellsOfRequests ?? true,
    answerers: counts?.answerers ?? 0,
    waiting: counts?.waiting ?? 0,
    partlyApproved: counts?.partlyApproved ?? 0,
  }
}
