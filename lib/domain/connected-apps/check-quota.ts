import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'

/** How many more apps a developer may own in a place; below zero where the quota was lowered. */
type Quota = { fullName: string; organizationName: string; appsMax: number; left: number }

/**
 * Refuses to let a developer own more apps than their quota says, in the place it was given with and below it: asked where an
 * app is created and where it is handed to somebody. Whoever administers the app's organization has no quota there. The
 * quotas are held until the transaction ends, so that two at once cannot both be the last one. An app that only moves
 * (`movingId`) is not counted twice where it resided in the same place before.
 */
export async function checkQuota(
  tx: Database | Transaction,
  ownerId: Id<'user'>,
  organizationId: Id<'organization'>,
  { field = 'ownerId', movingId }: { field?: string; movingId?: Id<'app'> } = {},
): Promise<void> {
  const quotas = await holdQuotas(tx, ownerId, [organizationId], movingId)
  const full = quotas.get(organizationId)?.find(({ left }) => left <= 0)
  if (full) throw quotaReached(full, field)
}

/**
 * Parts apps that are to be handed to somebody into those their quotas still have room for, in the order given, and those they
 * have not, each with a sentence. The quotas are held like those of one app.
 */
export async function fitIntoQuota<App extends { organizationId: Id<'organization'> }>(
  tx: Transaction,
  ownerId: Id<'user'>,
  apps: readonly App[],
): Promise<{ fitting: App[]; over: { app: App; sentence: string }[] }> {
  const quotas = await holdQuotas(tx, ownerId, [...new Set(apps.map((app) => app.organizationId))])
  const fitting: App[] = []
  const over: { app: App; sentence: string }[] = []
  for (const app of apps) {
    const bound = quotas.get(app.organizationId) ?? []
    const full = bound.find(({ left }) => left <= 0)
    if (full) {
      over.push({ app, sentence: `Beyond their quota: ${most(full.appsMax)} in ${full.organizationName}.` })
      continue
    }
    for (const quota of bound) quota.left -= 1
    fitting.push(app)
  }
  return { fitting, over }
}

/** The quotas that bind somebody in each of these organizations. One place's is the same object wherever it binds. */
async function holdQuotas(
  tx: Database | Transaction,
  ownerId: Id<'user'>,
  organizationIds: readonly Id<'organization'>[],
  movingId?: Id<'app'>,
): Promise<Map<Id<'organization'>, Quota[]>> {
  const binding = bindingOf(ownerId, organizationIds)
  const places = await tx.execute<{ id: string }>(sql`select distinct m.id ${binding} order by m.id`)
  for (const { id } of places) {
    // Their rows are held in share by both already, so a lock of its own: a row lock would have them wait for each other.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`quota ${id}`}, 0))`)
  }
  if (places.length === 0) return new Map()
  const [bound, counted] = await Promise.all([
    tx.execute<{ id: string; at: string }>(
      sql`select m.id, below.organization_id as at ${binding} order by m.id`,
    ),
    tx.execute<Quota & { id: string }>(sql`
      select m.id, u.full_name as "fullName", o.name as "organizationName", m.apps_max as "appsMax",
        m.apps_max - (
          select count(*)::int from connected_apps c
          join organization_ancestors below on below.organization_id = c.organization_id
          where c.owner_id = m.user_id and c.ended_at is null and below.ancestor_id = m.organization_id
            and c.id is distinct from ${movingId ? uuidOf(movingId) : null}::uuid) as left
      from memberships m join organizations o on o.id = m.organization_id join users u on u.id = m.user_id
      where m.id = any(${sql.param(places.map(({ id }) => id))}::uuid[])`),
  ])
  const quotaOf = new Map(counted.map(({ id, ...quota }) => [id, quota]))
  const quotas = new Map<Id<'organization'>, Quota[]>()
  for (const { id, at } of bound) {
    const quota = quotaOf.get(id)
    if (!quota) throw new Error('A place that is held does not go.')
    const organizationId = idOf('organization', at)
    quotas.set(organizationId, [...(quotas.get(organizationId) ?? []), quota])
  }
  return quotas
}

/** A developer's places `m` with a quota, for each organization `below` it where the person is no administrator. */
function bindingOf(ownerId: Id<'user'>, organizationIds: readonly Id<'organization'>[]): SQL {
  const owner = sql`${uuidOf(ownerId)}::uuid`
  return sql`
    from organization_ancestors below
    join memberships m on m.organization_id = below.ancestor_id and m.user_id = ${owner} and m.ended_at is null
    where below.organization_id = any(${sql.param(organizationIds.map(uuidOf))}::uuid[])
      and m.role = 'developer' and m.apps_max is not null
      and not exists (select from organization_ancestors a join memberships own
        on own.organization_id = a.ancestor_id and own.user_id = ${owner} and own.ended_at is null
        where a.organization_id = below.organization_id and own.role = 'administrator')`
}

function most(appsMax: number): string {
  return appsMax === 1 ? 'one app' : `${appsMax.toLocaleString('en')} apps`
}

function quotaReached({ fullName, organizationName, appsMax }: Quota, field: string): Refusal {
  const sentence = `${fullName} may own ${most(appsMax)} in ${organizationName} and has ${appsMax === 1 ? 'it' : 'them all'}. Hand one to somebody else, delete one, or have an administrator raise the quota.`
  return new Refusal('limit-reached', sentence, { [field]: sentence })
}
