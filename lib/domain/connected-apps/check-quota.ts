import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'

type FullPlace = { fullName: string; organizationName: string; appsMax: number }

/**
 * Refuses to let a developer own more apps than their quota says, in the place it was given with and below it: asked where an
 * app is created and where it is handed to somebody. Whoever administers the app's organization has no quota there. The
 * quotas are held until the transaction ends, so that two at once cannot both be the last one.
 */
export async function checkQuota(
  tx: Transaction,
  ownerId: Id<'user'>,
  organizationId: Id<'organization'>,
): Promise<void> {
  const owner = sql`${uuidOf(ownerId)}::uuid`
  const organization = sql`${uuidOf(organizationId)}::uuid`
  const places = await tx.execute<{ id: string }>(sql`
    select m.id from organization_ancestors above
    join memberships m on m.organization_id = above.ancestor_id and m.user_id = ${owner} and m.ended_at is null
    where above.organization_id = ${organization} and m.role = 'developer' and m.apps_max is not null
      and not exists (select from organization_ancestors a join memberships own
        on own.organization_id = a.ancestor_id and own.user_id = ${owner} and own.ended_at is null
        where a.organization_id = ${organization} and own.role = 'administrator')
    order by m.id`)
  for (const { id } of places) {
    // Their rows are held in share by both already, so a lock of its own: a row lock would have them wait for each other.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`quota ${id}`}, 0))`)
    const [full] = await tx.execute<FullPlace>(sql`
      select u.full_name as "fullName", o.name as "organizationName", m.apps_max as "appsMax"
      from memberships m join organizations o on o.id = m.organization_id join users u on u.id = m.user_id
      where m.id = ${id}::uuid and m.apps_max <= (
        select count(*) from connected_apps c join organization_ancestors below on below.organization_id = c.organization_id
        where c.owner_id = m.user_id and c.ended_at is null and below.ancestor_id = m.organization_id)`)
    if (full) throw quotaReached(full)
  }
}

function quotaReached({ fullName, organizationName, appsMax }: FullPlace): Refusal {
  const apps = appsMax === 1 ? 'one app' : `${appsMax.toLocaleString('en')} apps`
  const sentence = `${fullName} may own ${apps} in ${organizationName} and has ${appsMax === 1 ? 'it' : 'them all'}. Hand one to somebody else, delete one, or have an administrator raise the quota.`
  return new Refusal('limit-reached', sentence, { ownerId: sentence })
}
