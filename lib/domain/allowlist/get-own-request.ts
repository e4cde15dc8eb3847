import { and, eq, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { approvalRequesters } from '#db/schema/allowlist'
import { type Id, uuidOf } from '../../base/ids.ts'
import type { UserActor } from '../permissions/actor.ts'
import { findRequestRoot } from './open-request.ts'
import { whoWaits } from './who-asks.ts'

export type OwnRequest = {
  /** What this person sent, if they pressed Request. */
  own: { reason: string; requestedAt: Date } | null
  /** How many others wait for the same. */
  othersWaiting: number
}

/** Who waits for a request, as far as one of the people it concerns may know: themselves, and how many others. */
export async function getOwnRequest(actor: UserActor, requestId: Id<'approvalRequest'>): Promise<OwnRequest> {
  const db = database()
  await findRequestRoot(db, actor, requestId, 'allowlist.request')
  const [own] = await db
    .select({ reason: approvalRequesters.reason, requestedAt: approvalRequesters.requestedAt })
    .from(approvalRequesters)
    .where(and(eq(approvalRequesters.requestId, requestId), eq(approvalRequesters.userId, actor.userId)))
  const [others] = await db.execute<{ waiting: number }>(sql`
    select count(*)::int as waiting from (${whoWaits(sql`${uuidOf(requestId)}::uuid`)}) w
    where w.user_id <> ${uuidOf(actor.userId)}::uuid`)
  return { own: own ?? null, othersWaiting: others?.waiting ?? 0 }
}
