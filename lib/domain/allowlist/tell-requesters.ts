import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { queueMails } from '../mail/queue-mails.ts'
import { type Outcome, outcomeMail } from './request-mails.ts'
import { whoWaits } from './who-asks.ts'

/**
 * Writes to everybody who waited for these requests what became of them, in the transaction that decided it. Nobody is
 * written to whose account or place has ended meanwhile.
 */
export async function tellRequesters(
  tx: Transaction,
  requestIds: readonly Id<'approvalRequest'>[],
  outcome: Outcome,
): Promise<void> {
  if (requestIds.length === 0) return
  const waiting = await tx.execute<Waiting>(sql`
    select q.id, q.root_organization_id as "rootId", u.email, u.full_name as "fullName", c.name as app,
      o.name as organization
    from approval_requests q
    join lateral (${whoWaits(sql`q.id`)}) r on true
    join users u on u.id = r.user_id
    join organizations o on o.id = q.root_organization_id
    join connected_apps c on c.id = q.app_id
    where q.id = any(${sql.param(requestIds.map(uuidOf))}::uuid[])
    order by q.id, u.id`)
  await queueMails(
    tx,
    waiting.map(({ id, rootId, email, fullName, app, organization }) => ({
      kind: `request-${outcome.kind}`,
      to: email,
      rootOrganizationId: idOf('organization', rootId),
      ...outcomeMail({
        to: fullName,
        app,
        organization,
        path: goOnPath(idOf('approvalRequest', id)),
        outcome,
      }),
    })),
  )
}

type Waiting = {
  id: string
  rootId: string
  email: string
  fullName: string
  app: string
  organization: string
}

/** Where whoever asked goes on with the app. */
const goOnPath = (requestId: Id<'approvalRequest'>) => `/approvals/${requestId}/app`
