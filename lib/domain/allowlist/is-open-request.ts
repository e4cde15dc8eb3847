import { and, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { approvalRequests } from '#db/schema/allowlist'

/** Whether somebody pressed Request, and nobody has answered it in time yet. */
export const isOpenRequest: SQL | undefined = and(
  isNull(approvalRequests.answeredAt),
  isNotNull(approvalRequests.requestedAt),
  gt(approvalRequests.expiresAt, sql`now()`),
)
