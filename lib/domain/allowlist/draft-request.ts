import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { approvalRequests } from '#db/schema/allowlist'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { scopeSet, scopesBeyond } from '../../base/scope-set.ts'
import { record } from '../audit/record.ts'
import type { Actor, SystemActor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { asSeen } from './as-seen.ts'
import { findListableApp, type ListableApp } from './find-listable-app.ts'
import { holdAsking } from './hold-asking.ts'
import {
  DRAFTS_PER_APP_MAX,
  DRAFTS_PER_PERSON_PER_HOUR,
  type DraftRequestInput,
  draftRequestSchema,
  REQUEST_DAYS,
} from './schema.ts'
import { tellRequesters } from './tell-requesters.ts'

/**
 * Has a request at hand for someone who is blocked: what the approval link names. One for all who ask for the same app
 * and scopes; a draft that nobody is shown until somebody presses Request, and gone after 30 days. Keeps what people saw
 * of the app. Refuses who has no place in the organization, an app that could not be listed, and too many in an hour.
 */
export async function draftRequest(
  actor: Actor,
  input: DraftRequestInput,
): Promise<{ requestId: Id<'approvalRequest'> }> {
  const { rootOrganizationId, appId, scopes } = parse(draftRequestSchema, input)
  if (actor.kind !== 'user' || actor.through)
    throw new Refusal('forbidden', 'Only a person can ask for an app.')
  return transaction(async (tx) => {
    await checkInRoot(tx, actor, rootOrganizationId, 'allowlist.request')
    const app = await findListableApp(tx, rootOrganizationId, { appId }, 'appId')
    const asked = { rootOrganizationId, appId, scopes: scopeSet(scopes) }
    if (scopesBeyond(asked.scopes, app.scopes).length > 0) {
      throw new Refusal('invalid', `${app.name} does not ask for all of that.`)
    }
    const requestId = (await renewOpen(tx, asked, app)) ?? (await insertDraft(tx, actor.userId, asked, app))
    return { requestId }
  })
}

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

type Asked = { rootOrganizationId: Id<'organization'>; appId: Id<'app'>; scopes: string[] }

const inRequestDays = sql`now() + make_interval(days => ${REQUEST_DAYS})`

function openFor({ rootOrganizationId, appId, scopes }: Asked) {
  return and(
    eq(approvalRequests.rootOrganizationId, rootOrganizationId),
    eq(approvalRequests.appId, appId),
    sql`hash_array_extended(${approvalRequests.scopes}, 0) = hash_array_extended(${sql.param(scopes, approvalRequests.scopes)}::text[], 0)`,
    isNull(approvalRequests.answeredAt),
  )
}

/** One whose time is over makes room for a new one; those who waited for it are told as by the clock. */
async function endExpired(tx: Transaction, asked: Asked, app: ListableApp): Promise<void> {
  const ended = await tx
    .update(approvalRequests)
    .set({ answer: 'expired', answeredAt: sql`now()` })
    .where(and(openFor(asked), sql`${approvalRequests.expiresAt} <= now()`))
    .returning({ id: approvalRequests.id, requestedAt: approvalRequests.requestedAt })
  const requested = ended.filter(({ requestedAt }) => requestedAt).map(({ id }) => id)
  for (const requestId of requested) {
    await record(tx, CLOCK, {
      name: 'allowlist.request-expired',
      rootOrganizationId: asked.rootOrganizationId,
      appId: app.id,
      subject: { id: app.id, name: app.name },
      details: { requestId, scopes: asked.scopes },
    })
  }
  await tellRequesters(tx, requested, { kind: 'expired' })
}

/** A draft shows the app as the last person saw it; a request as it was when the first pressed Request, who had seen it so. */
async function renewOpen(
  tx: Transaction,
  asked: Asked,
  app: ListableApp,
): Promise<Id<'approvalRequest'> | undefined> {
  const [open] = await tx
    .select({ id: approvalRequests.id, requestedAt: approvalRequests.requestedAt })
    .from(approvalRequests)
    .where(and(openFor(asked), sql`${approvalRequests.expiresAt} > now()`))
    .for('update')
  if (open && !open.requestedAt) {
    await tx
      .update(approvalRequests)
      .set({ ...asSeen(app), expiresAt: inRequestDays })
      .where(eq(approvalRequests.id, open.id))
  }
  return open?.id
}

async function insertDraft(
  tx: Transaction,
  userId: Id<'user'>,
  asked: Asked,
  app: ListableApp,
): Promise<Id<'approvalRequest'>> {
  await holdAsking(tx, userId, app.id)
  await endExpired(tx, asked, app)
  await refuseTooManyDrafts(tx, userId)
  await dropDraftsBeyond(tx, asked)
  await tx
    .insert(approvalRequests)
    .values({
      id: newId('approvalRequest'),
      ...asked,
      ...asSeen(app),
      draftedBy: userId,
      expiresAt: inRequestDays,
    })
    .onConflictDoNothing()
  const made = await renewOpen(tx, asked, app)
  if (!made)
    throw new Refusal(
      'conflict',
      'Somebody has just answered a request for the same. Start again at the app.',
    )
  return made
}

/** Counted one after the other: who asks is held while it is done. */
async function refuseTooManyDrafts(tx: Transaction, userId: Id<'user'>): Promise<void> {
  const drafts = await tx.$count(
    approvalRequests,
    and(
      eq(approvalRequests.draftedBy, userId),
      sql`${approvalRequests.createdAt} > now() - interval '1 hour'`,
    ),
  )
  if (drafts < DRAFTS_PER_PERSON_PER_HOUR) return
  throw new Refusal(
    'limit-reached',
    'You were stopped at a lot of apps lately. In an hour you can ask for this one.',
  )
}

/**
 * An app that sends people here for ever new things fills no table: the draft that nobody has come back to for longest is dropped,
 * and made anew when its person looks again. One that becomes a request at this moment stays. Counted one after the other: the app is held while it is done.
 */
async function dropDraftsBeyond(tx: Transaction, { rootOrganizationId, appId }: Asked): Promise<void> {
  const longest = tx
    .select({ id: approvalRequests.id })
    .from(approvalRequests)
    .where(
      and(
        eq(approvalRequests.rootOrganizationId, rootOrganizationId),
        eq(approvalRequests.appId, appId),
        isNull(approvalRequests.answeredAt),
        isNull(approvalRequests.requestedAt),
      ),
    )
    .orderBy(desc(approvalRequests.expiresAt), desc(approvalRequests.id))
    .offset(DRAFTS_PER_APP_MAX - 1)
    .for('update', { skipLocked: true })
  await tx.delete(approvalRequests).where(inArray(approvalRequests.id, longest))
}
