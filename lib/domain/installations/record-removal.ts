import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { enqueueJob } from '#db/jobs'
import { removals } from '#db/schema/installations'
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
  const { parts, person, ...about } = removed
  const removalId = newId('removal')
  const apps = [...new Set(parts.map(({ installationId }) => installationId))]
  const ids = `{${apps.map(uuidOf).join(',')}}`
  await tx.insert(removals).values({
    id: removalId,
    ...about,
    removedBy: personOf(actor),
    removedByName: actor.name,
    personId: person?.id,
    personName: person?.name,
    apps: apps.length,
    frozen: sql`(select count(*) from installations where frozen_at is not null and id = any(${ids}::uuid[]))`,
  })
  const rows = parts.map(({ installationId, appName, epoch, authorizationId }, number) => ({
    number,
    installation: uuidOf(installationId),
    app_name: appName,
    epoch,
    yes: authorizationId ? uuidOf(authorizationId) : null,
  }))
  await tx.execute(sql`
    insert into removal_parts (removal_id, number, installation_id, app_name, epoch, authorization_id, person_name)
    select ${uuidOf(removalId)}::uuid, number, installation, app_name, part.epoch, yes, u.full_name
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as part (number int, installation uuid, app_name text, epoch int, yes uuid)
    left join authorizations a on a.id = part.yes
    left join users u on u.id = a.user_id`)
  await enqueueJob(tx, 'count-removal', { removalId }, removalId)
  return removalId
}
