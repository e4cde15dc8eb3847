import { type SQL, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { inBatches } from '../../base/in-batches.ts'
import { recordEach } from '../audit/record.ts'
import type { SystemActor } from '../permissions/actor.ts'

const CLOCK: SystemActor = { kind: 'system', name: 'scheduler' }

/** So few that locks are held for moments. */
const ENTRIES_AT_ONCE = 500

/** Closes entries whose end has come, everywhere, some a transaction: nothing held by them any more, so this only says so. Returns how many. */
export async function endOverdueEntries({ atOnce = ENTRIES_AT_ONCE } = {}): Promise<number> {
  return inBatches((rows) => transaction((tx) => endOverdue(tx, sql`true`, rows)), atOnce)
}

/** The same for one root organization, before whoever holds its allowlist adds entries: an app has one at a time. */
export async function makeRoom(tx: Transaction, rootOrganizationId: Id<'organization'>): Promise<void> {
  await endOverdue(tx, sql`e.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid`, null)
}

async function endOverdue(tx: Transaction, which: SQL, rows: number | null): Promise<number> {
  const ended = await tx.execute<Ended>(sql`
    update allowlist_entries e set ended_at = e.ends_at
    from connected_apps c
    where c.id = e.app_id and e.id in (
      select e.id from allowlist_entries e
      where e.ended_at is null and e.ends_at <= now() and ${which}
      order by e.id limit ${rows}::int for no key update)
    returning e.root_organization_id as root, e.app_id as app, c.name, e.scopes, e.ends_at::text as "endedAt"`)
  await recordEach(
    tx,
    CLOCK,
    ended.map(({ root, app, name, scopes, endedAt }) => ({
      name: 'allowlist.entry-ended',
      rootOrganizationId: idOf('organization', root),
      appId: idOf('app', app),
      subject: { id: idOf('app', app), name },
      details: { scopes, endsAt: new Date(endedAt).toISOString() },
    })),
  )
  return ended.length
}

type Ended = { root: string; app: string; name: string; scopes: string[]; endedAt: string }
