import { and, eq, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { approvalRequesters, approvalRequests } from '#db/schema/allowlist'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { findRequestRoot, openRequest } from './open-request.ts'
import {
  REQUEST_DAYS,
  REQUESTS_PER_PERSON_PER_DAY,
  type RequestApprovalInput,
  requestApprovalSchema,
} from './schema.ts'

/**
 * A blocked person asks their administrators: the draft becomes a request, or they join the one that is there, with a
 * reason of their own. Asking again only changes the reason. Refuses a request that was answered or is too old, who has
 * no place in the organization, and too many in a day.
 */
export async function requestApproval(actor: Actor, input: RequestApprovalInput): Promise<void> {
  const { requestId, reason } = parse(requestApprovalSchema, input)
  if (actor.kind !== 'user' || actor.through)
    throw new Refusal('forbidden', 'Only a person can ask for an app.')
  const { userId } = actor
  await transaction(async (tx) => {
    const rootOrganizationId = await findRequestRoot(tx, actor, requestId, 'allowlist.request')
    const request = await openRequest(tx, requestId)
    const isNew = await join(tx, requestId, userId, reason)
    await tx
      .update(approvalRequests)
      .set({
        requestedAt: sql`coalesce(${approvalRequests.requestedAt}, now())`,
        expiresAt: sql`now() + make_interval(days => ${REQUEST_DAYS})`,
      })
      .where(eq(approvalRequests.id, requestId))
    if (!isNew) return
    await record(tx, actor, {
      name: 'allowlist.approval-requested',
      rootOrganizationId,
      appId: request.appId,
      subject: { id: request.app.id, name: request.app.name },
      details: { requestId, scopes: request.scopes, reason },
    })
  })
}

async function join(
  tx: Transaction,
  requestId: Id<'approvalRequest'>,
  userId: Id<'user'>,
  reason: string,
): Promise<boolean> {
  const renamed = await tx
    .update(approvalRequesters)
    .set({ reason })
    .where(and(eq(approvalRequesters.requestId, requestId), eq(approvalRequesters.userId, userId)))
    .returning({ userId: approvalRequesters.userId })
  if (renamed.length > 0) return false
  await refuseTooManyRequests(tx, userId)
  await tx.insert(approvalRequesters).values({ requestId, userId, reason })
  return true
}

/** Counted one after the other: the person's row is held while it is done. */
async function refuseTooManyRequests(tx: Transaction, userId: Id<'user'>): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update')
  const today = await tx.$count(
    approvalRequesters,
    and(
      eq(approvalRequesters.userId, userId),
      sql`${approvalRequesters.requestedAt} > now() - interval '1 day'`,
    ),
  )
  if (today < REQUESTS_PER_PERSON_PER_DAY) return
  throw new Refusal(
    'limit-reached',
    'You asked for many apps today. Try again tomorrow, or talk to an administrator.',
  )
}
