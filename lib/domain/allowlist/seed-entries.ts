import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { uuidOf } from '../../base/ids.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { makeRoom } from './end-overdue-entries.ts'
import type { Allowlist } from './open-allowlist.ts'
import {
  fingerprintOf,
  type PlannedGroup,
  plannedApps,
  plannedGroups,
  refuseOtherThan,
} from './plan-policy.ts'
import type { ModeChange } from './rules.ts'

/**
 * Makes and widens the entries that a change calls for, on an opened allowlist: nobody can say another yes in between. Entries that
 * are there stay, but for those whose end has come: they are closed. `onlyInternal` leaves out apps of other organizations. One
 * statement plans and writes, so what is written is what the fingerprint is of: refuses with `conflict` if another one was expected, and
 * the transaction takes it back. Returns how many were made or grew.
 */
export async function seedEntries(
  tx: Transaction,
  actor: Actor,
  allowlist: Allowlist,
  change: ModeChange,
  {
    expectedFingerprint,
    onlyInternal = false,
  }: { expectedFingerprint: string | undefined; onlyInternal?: boolean },
): Promise<number> {
  await makeRoom(tx, allowlist.rootOrganizationId)
  const root = sql`${uuidOf(allowlist.rootOrganizationId)}::uuid`
  const personId = personOf(actor)
  const person = sql`${personId && uuidOf(personId)}::uuid`
  const [done] = await tx.execute<{ groups: PlannedGroup[]; seeded: number }>(sql`
    with planned as materialized (select * from ${plannedApps(allowlist, change)} planned),
    seeded as (
      insert into allowlist_entries (id, root_organization_id, app_id, scopes, origin, version, created_by, updated_by)
      select uuidv7(), ${root}, app_id, entry, 'seeded',
        (select coalesce(max(e.version), 0) + 1 from allowlist_entries e
          where e.root_organization_id = ${root} and e.app_id = planned.app_id),
        ${person}, ${person}
      from planned
      where entry is not null and (not ${onlyInternal} or "isInternal")
      on conflict (root_organization_id, app_id) where ended_at is null
      do update set scopes = excluded.scopes, version = excluded.version, updated_at = now(), updated_by = excluded.updated_by
      returning true)
    select (select coalesce(json_agg(g), '[]') from (${plannedGroups(sql`planned`)}) g) as groups,
      (select count(*)::int from seeded) as seeded`)
  if (!done) throw new Error('A statement without a table gave no row.')
  refuseOtherThan(expectedFingerprint, fingerprintOf(allowlist, change, done.groups))
  return done.seeded
}
