import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { uuidOf } from '../../base/ids.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { makeRoom } from './end-overdue-entries.ts'
import type { Allowlist } from './open-allowlist.ts'
import { plannedApps } from './plan-policy.ts'
import type { ModeChange } from './rules.ts'

/**
 * Makes and widens, in one statement, the entries that a change calls for, on an opened allowlist: nobody can say another
 * yes in between. Entries that are there stay. `onlyInternal` leaves out apps of other organizations. Returns how many were made or grew.
 */
export async function seedEntries(
  tx: Transaction,
  actor: Actor,
  allowlist: Allowlist,
  change: ModeChange,
  { onlyInternal = false }: { onlyInternal?: boolean } = {},
): Promise<number> {
  await makeRoom(tx, allowlist.rootOrganizationId)
  const root = sql`${uuidOf(allowlist.rootOrganizationId)}::uuid`
  const personId = personOf(actor)
  const person = sql`${personId && uuidOf(personId)}::uuid`
  const { count } = await tx.execute(sql`
    insert into allowlist_entries (id, root_organization_id, app_id, scopes, origin, version, created_by, updated_by)
    select uuidv7(), ${root}, app_id, entry, 'seeded',
      (select coalesce(max(e.version), 0) + 1 from allowlist_entries e
        where e.root_organization_id = ${root} and e.app_id = planned.app_id),
      ${person}, ${person}
    from ${plannedApps(allowlist, change)} planned
    where entry is not null and (not ${onlyInternal} or "isInternal")
    on conflict (root_organization_id, app_id) where ended_at is null
    do update set scopes = excluded.scopes, version = excluded.version, updated_at = now(), updated_by = excluded.updated_by`)
  return count
}
