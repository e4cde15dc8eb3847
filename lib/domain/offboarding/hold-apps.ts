import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'

/**
 * Holds the apps that a change of a branch may reach, until the transaction ends: those that reside in it, and those acting
 * for themselves that reside above it and may name it among their places. Whoever makes somebody an app's owner or
 * chooses its places holds the app too, so one of the two sees what the other did. Called while the tree is held. In the
 * order of their ids, so that two who hold several never wait for each other.
 */
export async function holdAppsAround(tx: Transaction, organizationId: Id<'organization'>): Promise<void> {
  const id = uuidOf(organizationId)
  await tx.execute(sql`
    select count(*) from (
      select c.id from connected_apps c
      where c.ended_at is null and (
        c.organization_id in (select organization_id from organization_ancestors where ancestor_id = ${id}::uuid)
        or (c.acts_as = 'itself' and c.organization_id in (
          select ancestor_id from organization_ancestors where organization_id = ${id}::uuid)))
      order by c.id for no key update) held`)
}
