import { type SQL, sql } from 'drizzle-orm'
import { type Database, database, type Transaction, transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { recordEach } from '../audit/record.ts'
import { type Actor, personOf, type SystemActor } from '../permissions/actor.ts'
import { type EndedRequest, endedId, endedRow, happeningOf } from './ended-requests.ts'
import { needsNoEntry, needsNoEntryUnder } from './needs-no-entry.ts'
import { openAllowlist } from './open-allowlist.ts'
import type { Mode } from './schema.ts'
import { tellRequesters } from './tell-requesters.ts'

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

/**
 * A request `q` that waits for its app `c`, which people of the organization could use: not while it is disabled, frozen or its
 * publisher's own. A block ends it itself.
 */
const isForUsableApp: SQL = sql`q.answered_at is null and q.requested_at is not null and q.expires_at > now()
  and c.ended_at is null and c.disabled_at is null
  and (c.audience = 'everyone' or c.root_organization_id = q.root_organization_id)
  and not exists (select from installations i where i.root_organization_id = q.root_organization_id
    and i.app_id = q.app_id and (i.blocked_at is not null or i.frozen_at is not null))`

/** Such a request that nobody has to answer under the policy as it is by now. */
const isNeedless: SQL = sql`${isForUsableApp}
  and ${needsNoEntry(sql`c.root_organization_id`, sql`q.root_organization_id`)}`

/** How many requests nobody would have to answer under another policy: a change to it closes them. */
export async function countNeedless(
  db: Database,
  rootOrganizationId: Id<'organization'>,
  { mode, internalAutoApproval }: { mode: Mode; internalAutoApproval: boolean },
): Promise<number> {
  const policy = { mode: sql`${mode}::text`, internalAutoApproval: sql`${internalAutoApproval}::boolean` }
  const [row] = await db.execute<{ requests: number }>(sql`
    select count(*)::int as requests from approval_requests q join connected_apps c on c.id = q.app_id
    where q.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid and ${isForUsableApp}
      and ${needsNoEntryUnder(policy, sql`c.root_organization_id`, sql`q.root_organization_id`)}`)
  return row?.requests ?? 0
}

/**
 * Closes the requests that nobody has to answer any more under the policy as it is by now, on an opened allowlist, and tells whoever
 * waited that they can go on. Returns how many.
 */
export async function endNeedless(
  tx: Transaction,
  actor: Actor,
  rootOrganizationId: Id<'organization'>,
): Promise<number> {
  const root = sql`${uuidOf(rootOrganizationId)}::uuid`
  const personId = personOf(actor)
  const ended = await tx.execute<EndedRequest>(sql`
    update approval_requests q
    set answer = 'not-needed', answered_at = now(), answered_by = ${personId && uuidOf(personId)}::uuid
    from connected_apps c
    where c.id = q.app_id and ${isNeedless} and q.id in (
      select q.id from approval_requests q
      where q.root_organization_id = ${root} and q.answered_at is null and q.requested_at is not null
      order by q.id for update)
    returning ${endedRow}`)
  await recordEach(
    tx,
    actor,
    ended.map((one) => happeningOf('allowlist.request-not-needed', one)),
  )
  await tellRequesters(tx, ended.map(endedId), { kind: 'not-needed' })
  return ended.length
}

/** The same by the clock, everywhere: somebody may press Request, or take back an answer, while the policy opens. Returns how many. */
export async function endNeedlessRequests(): Promise<number> {
  const found = await database().execute<{ root: string }>(sql`
    select distinct q.root_organization_id as root
    from approval_requests q
    join connected_apps c on c.id = q.app_id
    join organizations r on r.id = q.root_organization_id and r.ended_at is null and r.suspended_at is null
    where ${isNeedless}`)
  let ended = 0
  for (const root of found.map((row) => idOf('organization', row.root))) {
    ended += await transaction(async (tx) => {
      await openAllowlist(tx, CLOCK, root, 'allowlist.approve')
      return endNeedless(tx, CLOCK, root)
    })
  }
  return ended
}
