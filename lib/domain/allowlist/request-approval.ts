import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { approvalRequesters, approvalRequests } from '#db/schema/allowlist'
import { events } from '#db/schema/audit'
import { seal } from '../../base/encryption.ts'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { asSeen } from './as-seen.ts'
import { holdAsking } from './hold-asking.ts'
import { holdBlock } from './hold-block.ts'
import {
  appOfRequest,
  findRequestRoot,
  type OpenedRequest,
  openRequest,
  refuseClosed,
} from './open-request.ts'
import { requesterOf } from './requester-of.ts'
import {
  REQUEST_DAYS,
  REQUESTS_PER_APP_PER_DAY,
  REQUESTS_PER_PERSON_PER_DAY,
  type RequestApprovalInput,
  requestApprovalSchema,
  WAITING_PER_APP_MAX,
} from './schema.ts'

/**
 * A blocked person asks their administrators: the draft becomes a request, or they join the one that is there, with a
 * reason of their own; whoever may answer it is told of it once. Asking again changes the reason, and lets it wait for its full time
 * anew, with a last reminder before that ends. Refuses a request that
 * was answered or is too old, an app that is blocked, or is called otherwise than on the person's page, who has no place in the organization, too many in a day, and an app that floods the inbox with
 * ever new things to ask for.
 */
export async function requestApproval(actor: Actor, input: RequestApprovalInput): Promise<void> {
  const { requestId, reason, seen, interaction } = parse(requestApprovalSchema, input)
  if (actor.kind !== 'user' || actor.through)
    throw new Refusal('forbidden', 'Only a person can ask for an app.')
  const { userId } = actor
  await transaction(async (tx) => {
    const rootOrganizationId = await findRequestRoot(tx, actor, requestId, 'allowlist.request')
    await holdAsking(tx, userId, await appOfRequest(tx, requestId))
    const request = await openRequest(tx, requestId)
    refuseClosed(request)
    // Whoever blocks it now waits, and ends this request with the others.
    if (await holdBlock(tx, request))
      throw new Refusal('conflict', `Your organization has blocked ${request.app.name}.`)
    if (seen) refuseChanged(request, seen)
    const isNew = await join(tx, rootOrganizationId, {
      requestId,
      userId,
      reason,
      sealedInteraction: interaction ? seal(interaction, requesterOf(requestId, userId)) : null,
    })
    if (!request.requestedAt) await refuseFlood(tx, request)
    await tx
      .update(approvalRequests)
      .set({
        ...(!request.requestedAt && { requestedAt: sql`now()`, ...asSeen(request.app) }),
        expiresAt: sql`now() + make_interval(days => ${REQUEST_DAYS})`,
        reminders: sql`least(${approvalRequests.reminders}, 1)`,
      })
      .where(eq(approvalRequests.id, requestId))
    if (!request.requestedAt) await enqueueJob(tx, 'tell-of-requests', { rootOrganizationId })
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

/** A page may be open for long: what it named is what its person asks for, and what whoever answers is shown as asked for. */
function refuseChanged({ app }: OpenedRequest, seen: { name: string; publisher: string }): void {
  if (app.name === seen.name && app.publisher === seen.publisher) return
  throw new Refusal(
    'conflict',
    app.name === seen.name
      ? `${app.name} is published by ${app.publisher} by now. Look at it again, then ask.`
      : `${seen.name} is called ${app.name} by now. Look at it again, then ask.`,
  )
}

async function join(
  tx: Transaction,
  rootOrganizationId: Id<'organization'>,
  row: typeof approvalRequesters.$inferInsert,
): Promise<boolean> {
  const { requestId, userId, reason, sealedInteraction } = row
  const renamed = await tx
    .update(approvalRequesters)
    .set({ reason, ...(sealedInteraction && { sealedInteraction }) })
    .where(and(eq(approvalRequesters.requestId, requestId), eq(approvalRequesters.userId, userId)))
    .returning({ userId: approvalRequesters.userId })
  if (renamed.length > 0) return false
  await refuseTooManyRequests(tx, userId, rootOrganizationId)
  await tx.insert(approvalRequesters).values(row)
  return true
}

/**
 * Counted one after the other: who asks is held while it is done. By what happened, not by what waits: whoever asks and withdraws
 * all day writes as much into the audit log.
 */
async function refuseTooManyRequests(
  tx: Transaction,
  userId: Id<'user'>,
  rootOrganizationId: Id<'organization'>,
): Promise<void> {
  const today = await tx.$count(
    events,
    and(
      eq(events.rootOrganizationId, rootOrganizationId),
      eq(events.actorUserId, userId),
      eq(events.name, 'allowlist.approval-requested'),
      sql`${events.occurredAt} > now() - interval '1 day'`,
    ),
  )
  if (today < REQUESTS_PER_PERSON_PER_DAY) return
  throw new Refusal(
    'limit-reached',
    'You asked for many apps today. Try again tomorrow, or talk to an administrator.',
  )
}

/** Whoever comes second joins what is there; only something new counts. One after the other: the app is held while it is counted. */
async function refuseFlood(tx: Transaction, { rootOrganizationId, app }: OpenedRequest): Promise<void> {
  const [count] = await tx
    .select({
      waiting: sql<number>`count(*) filter (where ${approvalRequests.answeredAt} is null and ${approvalRequests.expiresAt} > now())::int`,
      today: sql<number>`count(*) filter (where ${approvalRequests.requestedAt} > now() - interval '1 day')::int`,
    })
    .from(approvalRequests)
    .where(
      and(
        eq(approvalRequests.rootOrganizationId, rootOrganizationId),
        eq(approvalRequests.appId, app.id),
        isNotNull(approvalRequests.requestedAt),
      ),
    )
  if (!count) return
  if (count.waiting >= WAITING_PER_APP_MAX) {
    throw new Refusal(
      'limit-reached',
      `${WAITING_PER_APP_MAX} different requests for ${app.name} wait already. Talk to an administrator: once they are answered you can ask.`,
    )
  }
  if (count.today >= REQUESTS_PER_APP_PER_DAY) {
    throw new Refusal(
      'limit-reached',
      `${app.name} was asked for in ${REQUESTS_PER_APP_PER_DAY} different ways today. Try again tomorrow, or talk to an administrator.`,
    )
  }
}
