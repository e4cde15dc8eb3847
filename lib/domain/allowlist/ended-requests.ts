import { type SQL, sql } from 'drizzle-orm'
import { type Id, idOf } from '../../base/ids.ts'
import type { EventName } from '../audit/events.ts'
import type { Happening } from '../audit/record.ts'

/* Requests that the clock closes, because nobody did: what is read of them, and what is recorded. */

/** Of a request `q` and its app `c`. */
export const endedRow: SQL = sql`q.id, q.root_organization_id as root, q.app_id as app, c.name, q.scopes`

export type EndedRequest = { id: string; root: string; app: string; name: string; scopes: string[] }

export function endedId({ id }: EndedRequest): Id<'approvalRequest'> {
  return idOf('approvalRequest', id)
}

export function happeningOf(name: EventName, ended: EndedRequest): Happening {
  const app = idOf('app', ended.app)
  return {
    name,
    rootOrganizationId: idOf('organization', ended.root),
    appId: app,
    subject: { id: app, name: ended.name },
    details: { requestId: endedId(ended), scopes: ended.scopes },
  }
}
