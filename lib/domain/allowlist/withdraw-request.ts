import { and, eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { approvalRequesters, approvalRequests } from '#db/schema/allowlist'
import { uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { findRequestRoot, openRequest } from './open-request.ts'
import { type WithdrawRequestInput, withdrawRequestSchema } from './schema.ts'
import { whoWaits } from './who-asks.ts'

/** A person no longer waits for a request; when nobody does, it is withdrawn. Refuses who did not ask. */
export async function withdrawRequest(actor: Actor, input: WithdrawRequestInput): Promise<void> {
  const { requestId } = parse(withdrawRequestSchema, input)
  if (actor.kind !== 'user' || actor.through) throw new Refusal('forbidden', 'Only a person can withdraw.')
  await transaction(async (tx) => {
    const rootOrganizationId = await findRequestRoot(tx, actor, requestId, 'allowlist.request')
    const request = await openRequest(tx, requestId)
    const left = await tx
      .delete(approvalRequesters)
      .where(and(eq(approvalRequesters.requestId, requestId), eq(approvalRequesters.userId, actor.userId)))
      .returning({ userId: approvalRequesters.userId })
    if (left.length === 0) throw new Refusal('conflict', 'You did not ask for this.')
    const others = await tx.execute(whoWaits(sql`${uuidOf(requestId)}::uuid`))
    if (others.length === 0) {
      await tx
        .update(approvalRequests)
        .set({ answer: 'withdrawn', answeredAt: sql`now()`, answeredBy: actor.userId })
        .where(eq(approvalRequests.id, requestId))
    }
    await record(tx, actor, {
      name: 'allowlist.request-withdrawn',
      rootOrganizationId,
      appId: request.appId,
      subject: { id: request.app.id, name: request.app.name },
      details: { requestId },
    })
  })
}
