import { and, eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { allowlists, approvalRequests } from '#db/schema/allowlist'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { isOpenRequest } from './is-open-request.ts'
import type { Mode } from './schema.ts'

/** What those who answer requests see before any of them: whether an answer is needed, and how many wait. */
export async function getInbox(
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
): Promise<{ mode: Mode; waiting: number }> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'allowlist.review')
  const [[policy], waiting] = await Promise.all([
    db
      .select({ mode: allowlists.mode })
      .from(allowlists)
      .where(eq(allowlists.rootOrganizationId, rootOrganizationId)),
    db.$count(
      approvalRequests,
      and(
        eq(approvalRequests.rootOrganizationId, rootOrganizationId),
        isOpenRequest,
        sql`exists (select from connected_apps a where a.id = app_id and a.ended_at is null)`,
      ),
    ),
  ])
  return { mode: policy?.mode ?? 'unrestricted', waiting }
}
