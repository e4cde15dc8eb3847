import { and, eq, ne } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { approvalRequesters } from '#db/schema/allowlist'
import type { Id } from '../../base/ids.ts'

export type Waiting = {
  /** What this person sent, if they pressed Request. */
  own: { reason: string; requestedAt: Date } | null
  /** How many others pressed Request. */
  othersWaiting: number
}

/** Who waits for a request, as far as one of them may know. */
export async function whoWaits(
  tx: Database | Transaction,
  requestId: Id<'approvalRequest'>,
  userId: Id<'user'>,
): Promise<Waiting> {
  const ofRequest = eq(approvalRequesters.requestId, requestId)
  const [own] = await tx
    .select({ reason: approvalRequesters.reason, requestedAt: approvalRequesters.requestedAt })
    .from(approvalRequesters)
    .where(and(ofRequest, eq(approvalRequesters.userId, userId)))
  const othersWaiting = await tx.$count(
    approvalRequesters,
    and(ofRequest, ne(approvalRequesters.userId, userId)),
  )
  return { own: own ?? null, othersWaiting }
}
