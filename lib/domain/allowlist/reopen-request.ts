import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { approvalRequests } from '#db/schema/allowlist'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { holdBlock } from './hold-block.ts'
import { openAllowlist } from './open-allowlist.ts'
import { findRequestRoot, type OpenedRequest, openEndedRequest } from './open-request.ts'
import { type ReopenRequestInput, reopenRequestSchema } from './schema.ts'

/**
 * Lets a request wait again, for those who asked, that was declined or ended when its app was blocked, until its
 * time is over. Nobody is written to; its next answer is told. Refuses one that did not end like that, whose time is over, whose
 * app is still blocked, and one that somebody has asked for anew; a draft of the same, which nobody asked for, gives way.
 */
export async function reopenRequest(actor: Actor, input: ReopenRequestInput): Promise<void> {
  const { requestId } = parse(reopenRequestSchema, input)
  await transaction(async (tx) => {
    const rootOrganizationId = await findRequestRoot(tx, actor, requestId, 'allowlist.approve')
    await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.approve')
    const request = await openEndedRequest(tx, requestId)
    await makeWay(tx, request)
    if (await holdBlock(tx, request))
      throw new Refusal('conflict', `${request.app.name} is blocked. Unblock it first.`)
    await tx
      .update(approvalRequests)
      .set({ answer: null, answeredAt: null, answeredBy: null, answerReason: null })
      .where(eq(approvalRequests.id, requestId))
    await record(tx, actor, {
      name: 'allowlist.request-reopened',
      rootOrganizationId,
      appId: request.appId,
      subject: { id: request.app.id, name: request.app.name },
      details: { requestId, scopes: request.scopes },
    })
  })
}

/**
 * There is one open request for an app and a scope set. A draft, of whoever was only stopped, is dropped: they find this one
 * when they look again. Held first: its person may be asking at this moment.
 */
async function makeWay(tx: Transaction, { appId, rootOrganizationId, scopes }: OpenedRequest) {
  const [again] = await tx
    .select({ id: approvalRequests.id, requestedAt: approvalRequests.requestedAt })
    .from(approvalRequests)
    .where(
      and(
        eq(approvalRequests.rootOrganizationId, rootOrganizationId),
        eq(approvalRequests.appId, appId),
        sql`${approvalRequests.scopes} = ${sql.param(scopes, approvalRequests.scopes)}`,
        isNull(approvalRequests.answeredAt),
      ),
    )
    .for('update')
  if (again?.requestedAt) {
    throw new Refusal('conflict', 'Somebody has asked for the same again meanwhile. Answer that request.')
  }
  if (again) await tx.delete(approvalRequests).where(eq(approvalRequests.id, again.id))
}
