import { type SQL, sql } from 'drizzle-orm'
import { database, type Transaction, transaction } from '#db/client'
import { type Id, idOf, isId, uuidOf } from '../../base/ids.ts'
import { queueMails } from '../mail/queue-mails.ts'
import { requestNotice } from './request-mails.ts'
import { NOTICE_PAUSE_MINUTES } from './schema.ts'
import {
  inboxPath,
  isWaiting,
  type RequestRow,
  requestRow,
  toldOf,
  waitingRequests,
} from './waiting-requests.ts'
import { whoAnswers } from './who-answers.ts'

/**
 * Writes to whoever may answer the requests of a root organization about those they have not heard of: of each once, however
 * many ask for it, all in one mail, and no more than one mail an hour to a person, so that a flood is one mail. What is
 * left over is told by the clock. Returns how many mails.
 */
export async function tellOfRequests({
  rootOrganizationId,
}: {
  rootOrganizationId: string
}): Promise<number> {
  if (!isId('organization', rootOrganizationId)) return 0
  return transaction(async (tx) => {
    // Two at once would both find the same untold.
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`requests told ${rootOrganizationId}`}, 0))`,
    )
    const found = await tx.execute<Untold>(sql`
      select w.id as "userId", w.email, w.full_name as "fullName", ${requestRow}
      from ${untold(rootOrganizationId)}
      order by w.id, q.requested_at, q.id`)
    const mails = [...Map.groupBy(found, ({ userId }) => userId).values()]
    await queueMails(
      tx,
      mails.flatMap((rows) => {
        const [first] = rows
        if (!first) return []
        return {
          kind: 'request-notice',
          to: first.email,
          rootOrganizationId,
          ...requestNotice({
            to: first.fullName,
            organization: first.organization,
            requests: rows.map(toldOf),
            inboxPath: inboxPath(rootOrganizationId),
          }),
        }
      }),
    )
    await noteTold(tx, rootOrganizationId, found)
    return mails.length
  })
}

/** The same for every root organization where somebody has not heard of a request: what an hour held back, or a crash left. */
export async function tellOfRequestsEverywhere(): Promise<void> {
  const roots = await database().execute<{ id: string }>(
    sql`select distinct q.root_organization_id as id from ${untold(null)}`,
  )
  for (const { id } of roots) await tellOfRequests({ rootOrganizationId: idOf('organization', id) })
}

/** Each request `q` with each person `w` who has not heard of it, and of nothing else here within the hour. */
function untold(rootOrganizationId: Id<'organization'> | null): SQL {
  return sql`${waitingRequests(rootOrganizationId)}
    join lateral (${whoAnswers(sql`q.root_organization_id`)}) w on w.since <= q.requested_at
    where ${isWaiting} and not exists (
      select from approval_notices n where n.user_id = w.id and n.root_organization_id = q.root_organization_id
        and (n.request_id = q.id or n.told_at > now() - make_interval(mins => ${NOTICE_PAUSE_MINUTES})))`
}

async function noteTold(
  tx: Transaction,
  rootOrganizationId: Id<'organization'>,
  told: readonly Untold[],
): Promise<void> {
  const rows = told.map(({ id, userId }) => ({ request: id, person: userId }))
  await tx.execute(sql`
    insert into approval_notices (request_id, user_id, root_organization_id)
    select request, person, ${uuidOf(rootOrganizationId)}::uuid
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as told (request uuid, person uuid)`)
}

type Untold = RequestRow & { userId: string; email: string; fullName: string }
