import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { enqueueJobs } from '#db/jobs'
import { type Id, newId, uuidOf } from '../../base/ids.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import type { RemovalKind } from './schema.ts'

export type RemovedPart = {
  installationId: Id<'installation'>
  appName: string
  /** Of what was ended: the installation's before it was raised. */
  epoch: number
  /** Absent: all of that epoch. */
  authorizationId?: Id<'authorization'>
}

type Removed = {
  rootOrganizationId: Id<'organization'>
  kind: RemovalKind
  parts: readonly RemovedPart[]
  person?: { id: Id<'user'>; name: string }
  isBlocked?: boolean
  isEntryRemoved?: boolean
}

/**
 * Begins the receipt of an act that ended authorizations, in its transaction, at the cost of one row a part. What ended is
 * counted afterwards (`count-removal.ts`), however much it is. Called after what is blocked with it was blocked.
 */
export async function recordRemoval(tx: Transaction, actor: Actor, removed: Removed): Promise<Id<'removal'>> {
  const removalId = newId('removal')
  await recordRemovals(tx, actor, [{ removalId, ...removed }])
  return removalId
}

/** Several at once, one for each root organization that an act ended something in: as many statements as for one. */
export async function recordRemovals(
  tx: Transaction,
  actor: Actor,
  all: readonly (Removed & { removalId: Id<'removal'> })[],
): Promise<void> {
  if (all.length === 0) return
  const removals = all.map(({ removalId, rootOrganizationId, kind, parts, person, ...state }) => ({
    id: uuidOf(removalId),
    installations: [...new Set(parts.map(({ installationId }) => uuidOf(installationId)))],
    root: uuidOf(rootOrganizationId),
    kind,
    person: person ? uuidOf(person.id) : null,
    person_name: person?.name,
    is_blocked: state.isBlocked ?? false,
    is_entry_removed: state.isEntryRemoved ?? false,
  }))
  const by = personOf(actor)
  await tx.execute(sql`
    insert into removals (id, root_organization_id, kind, removed_by, removed_by_name, person_id, person_name,
      is_blocked, is_entry_removed, apps, frozen)
    select id, root, kind, ${by ? uuidOf(by) : null}::uuid, ${actor.name}, person, person_name, is_blocked,
      is_entry_removed, cardinality(installations),
      (select count(*) from installations i where i.frozen_at is not null and i.id = any(removal.installations))
    from json_to_recordset(${JSON.stringify(removals)}::text::json) as removal (id uuid, root uuid, kind removal_kind,
      installations uuid[], person uuid, person_name text, is_blocked boolean, is_entry_removed boolean)`)
  const parts = all.flatMap(({ removalId, parts }) =>
    parts.map(({ installationId, appName, epoch, authorizationId }, number) => ({
      removal: uuidOf(removalId),
      number,
      installation: uuidOf(installationId),
      app_name: appName,
      epoch,
      yes: authorizationId ? uuidOf(authorizationId) : null,
    })),
  )
  await tx.execute(sql`
    insert into removal_parts (removal_id, number, installation_id, app_name, epoch, authorization_id, person_name)
    select removal, number, installation, app_name, part.epoch, yes, u.full_name
    from json_to_recordset(${JSON.stringify(parts)}::text::json)
      as part (removal uuid, number int, installation uuid, app_name text, epoch int, yes uuid)
    left join authorizations a on a.id = part.yes
    left join users u on u.id = a.user_id`)
  const told = all.map(({ removalId }) => ({ removalId }))
  await enqueueJobs(tx, 'count-removal', told, ({ removalId }) => removalId)
}
