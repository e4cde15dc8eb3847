import { and, eq, ne } from 'drizzle-orm'
import { database } from '#db/client'
import { approvalRequesters } from '#db/schema/allowlist'
import type { Id } from '../../base/ids.ts'
import type { UserActor } from '../permissions/actor.ts'
import { findRequestRoot } from './open-request.ts'

export type OwnRequest = {
  /** What this person sent, if they pressed Request. */
  own: { reason: string; requestedAt: Date } | null
  /** How many others pressed Request. */
  othersWaiting: number
}

/** Who waits for a request, as far as one of the people it concerns may know: themselves, and how many others. */
export async function getOwnRequest(actor: UserActor, requestId: Id<'approvalRequest'>): Promise<OwnRequest> {
  const db = database()
  await findRequestRoot(db, actor, requestId, 'allowlist.request')
  const ofRequest = eq(approvalRequesters.requestId, requestId)
  const [own] = await db
    .select({ reason: approvalRequesters.reason, requestedAt: approvalRequesters.requestedAt })
    .from(approvalRequesters)
    .where(and(ofRequest, eq(approvalRequesters.userId, actor.userId)))
  const others = and(ofRequest, ne(approvalRequesters.userId, actor.userId))
  return { own: own ?? null, othersWaiting: await db.$count(approvalRequesters, others) }
}
