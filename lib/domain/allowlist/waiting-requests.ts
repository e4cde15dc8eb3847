import { type SQL, sql } from 'drizzle-orm'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { RequestTold } from './request-mails.ts'
import { whoWaits } from './who-asks.ts'

/* The requests that somebody is written to about: as one finds them, and as one tells of them. */

/** Requests `q` with their app `c`, its publisher `p`, their organization `r` and its policy `l`; of one organization, or of all. */
export function waitingRequests(rootOrganizationId: Id<'organization'> | null): SQL {
  const here = rootOrganizationId
    ? sql`and q.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid`
    : sql``
  return sql`approval_requests q
    join connected_apps c on c.id = q.app_id and c.ended_at is null
    join organizations p on p.id = c.root_organization_id
    join organizations r on r.id = q.root_organization_id and r.ended_at is null and r.suspended_at is null ${here}
    join allowlists l on l.root_organization_id = r.id`
}

/** Whether somebody waits for an answer, where one is needed and mail is wanted. */
export const isWaiting: SQL = sql`q.answered_at is null and q.requested_at is not null and q.expires_at > now()
  and l.mode = 'restricted' and l.tells_of_requests and exists (${whoWaits(sql`q.id`)})`

/** What is told of one. */
export const requestRow: SQL = sql`q.id, q.root_organization_id as "rootId", r.name as organization, c.name as app,
  p.name as publisher, cardinality(q.scopes) as scopes, q.expires_at as "expiresAt",
  (select count(*)::int from (${whoWaits(sql`q.id`)}) a) as people,
  (select a.reason from (${whoWaits(sql`q.id`)}) a where a.reason <> ''
    order by a.requested_at, a.user_id limit 1) as reason`

export type RequestRow = {
  id: string
  rootId: string
  organization: string
  app: string
  publisher: string
  scopes: number
  expiresAt: string
  people: number
  reason: string | null
}

export function toldOf({ id, app, publisher, scopes, people, reason, expiresAt }: RequestRow): RequestTold {
  const path = `/approvals/${idOf('approvalRequest', id)}`
  return { path, app, publisher, scopes, people, reason, expiresAt: new Date(expiresAt) }
}

/** Where all that wait stand. */
export const inboxPath = (rootOrganizationId: Id<'organization'>): string =>
  `/o/${rootOrganizationId}/access-management/connected-apps/policy/requests`
