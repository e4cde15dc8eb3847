import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { approvalRequests } from '#db/schema/allowlist'
import type { Id } from '../../base/ids.ts'
import { recordEach } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { outsidersOf } from './for-whom.ts'
import type { ListedBecause } from './listed-because.ts'
import { signatureOf } from './request-mails.ts'
import { tellRequesters } from './tell-requesters.ts'

type Entry = {
  rootOrganizationId: Id<'organization'>
  app: { id: Id<'app'>; name: string }
  scopes: readonly string[]
  endsAt: Date | null
}

type Why = {
  because: ListedBecause
  /** Whoever approves this one says so themselves. */
  except?: Id<'approvalRequest'> | undefined
}

/**
 * Answers the requests that an entry covers for all who wait, records each with why it is over, and tells them. A draft has nobody
 * who waits, and stays one: nobody asked for it. Returns which they are.
 */
export async function answerCovered(
  tx: Transaction,
  actor: Actor,
  { rootOrganizationId, app, scopes, endsAt }: Entry,
  { because, except }: Why,
): Promise<Id<'approvalRequest'>[]> {
  const coverable = and(
    eq(approvalRequests.rootOrganizationId, rootOrganizationId),
    eq(approvalRequests.appId, app.id),
    isNull(approvalRequests.answeredAt),
    isNotNull(approvalRequests.requestedAt),
    sql`${approvalRequests.scopes} <@ ${sql.param(scopes, approvalRequests.scopes)}`,
  )
  // Held first, and looked at only then: somebody outside the group may be joining one at this moment.
  await tx
    .select({ id: approvalRequests.id })
    .from(approvalRequests)
    .where(coverable)
    .orderBy(asc(approvalRequests.id))
    .for('update')
  const answered = await tx
    .update(approvalRequests)
    .set({
      answer: 'approved',
      answeredAt: sql`now()`,
      answeredBy: personOf(actor),
      approvedScopes: sql`${approvalRequests.scopes}`,
    })
    .where(
      and(
        coverable,
        sql`exists (select from live_entries e where e.root_organization_id = ${approvalRequests.rootOrganizationId}
          and e.app_id = ${approvalRequests.appId} and not exists (${outsidersOf(sql`e.group_id`, approvalRequests.id)}))`,
      ),
    )
    .returning({ id: approvalRequests.id, scopes: approvalRequests.scopes })
  const unsaid = answered.filter(({ id }) => id !== except)
  await recordEach(
    tx,
    actor,
    unsaid.map(({ id: requestId, scopes: asked }) => ({
      name: 'allowlist.request-listed',
      rootOrganizationId,
      appId: app.id,
      subject: app,
      details: { requestId, asked, because },
    })),
  )
  const ids = answered.map(({ id }) => id)
  await tellRequesters(tx, ids, { kind: 'approved', by: signatureOf(actor), refused: [], endsAt })
  return ids
}
