import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { approvalRequests } from '#db/schema/allowlist'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { openAllowlist } from './open-allowlist.ts'
import { findRequestRoot, openRequest } from './open-request.ts'
import { signatureOf } from './request-mails.ts'
import { type DeclineRequestInput, declineRequestSchema } from './schema.ts'
import { tellRequesters } from './tell-requesters.ts'

/**
 * Declines a request, with a reason for those who wait, who are told by mail; the allowlist stays as it is. Refuses a request
 * that was answered meanwhile or is too old.
 */
export async function declineRequest(actor: Actor, input: DeclineRequestInput): Promise<void> {
  const { requestId, reason } = parse(declineRequestSchema, input)
  await transaction(async (tx) => {
    const rootOrganizationId = await findRequestRoot(tx, actor, requestId, 'allowlist.approve')
    await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.approve')
    const request = await openRequest(tx, requestId)
    await tx
      .update(approvalRequests)
      .set({
        answer: 'declined',
        answeredAt: sql`now()`,
        answeredBy: personOf(actor),
        answerReason: reason || null,
      })
      .where(eq(approvalRequests.id, requestId))
    await record(tx, actor, {
      name: 'allowlist.request-declined',
      rootOrganizationId,
      appId: request.appId,
      subject: { id: request.app.id, name: request.app.name },
      details: { requestId, reason },
    })
    await tellRequesters(tx, [requestId], {
      kind: 'declined',
      by: signatureOf(actor),
      reason: reason || null,
    })
  })
}
