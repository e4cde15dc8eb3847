import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Role } from '../permissions/standing.ts'

/**
 * Refuses an app acting for itself to make an administrator where its owner is none: whoever runs an app cannot rise by
 * it. A person, through an app or not, administers the place themselves, or would have been refused before.
 */
export async function refuseRoleAbove(
  tx: Database | Transaction,
  actor: Actor,
  role: Role,
  organizationId: Id<'organization'>,
): Promise<void> {
  if (actor.kind !== 'app' || role !== 'administrator') return
  const rows = await tx.execute(sql`
    select from connected_apps c
    where c.id = ${uuidOf(actor.appId)}::uuid and ${ownerAdministers(sql`${uuidOf(organizationId)}::uuid`)}`)
  if (rows.length > 0) return
  const sentence = 'This app’s owner is no administrator there, so the app cannot make one.'
  throw new Refusal('forbidden', sentence, { role: sentence })
}

/** Whether the owner of the app `c` administers an organization, there or from above. */
export function ownerAdministers(organizationId: SQL): SQL {
  return sql`exists (
    select from organization_ancestors above
    join memberships m on m.organization_id = above.ancestor_id and m.user_id = c.owner_id and m.ended_at is null
    join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
    where above.organization_id = ${organizationId} and m.role = 'administrator')`
}
