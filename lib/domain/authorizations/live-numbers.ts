import { sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'

export type LiveNumbers = {
  /** Live people: exact up to 10,000; 10,001 stands for more. */
  people: number
  /** What live yeses hold, all together, sorted. */
  scopes: string[]
}

/**
 * People and scopes of each of these installations. Scopes are read by hopping from one scope set to the next in the
 * index, so that 150,000 people with three different sets cost three look-ups.
 */
export async function readLiveNumbers(
  db: Database,
  installationIds: readonly Id<'installation'>[],
): Promise<Map<Id<'installation'>, LiveNumbers>> {
  const ids = JSON.stringify(installationIds.map(uuidOf))
  const rows = await db.execute<{ id: string } & LiveNumbers>(sql`
    select i.id, p.people, coalesce(s.scopes, '{}') as scopes
    from json_array_elements_text(${ids}::json) as wanted (id)
    join installations i on i.id = wanted.id::uuid
    cross join lateral (
      select count(*)::int as people
      from (select from live_authorizations l where l.installation_id = i.id limit ${COUNTED_MAX + 1}) counted) p
    cross join lateral (
      select array_agg(distinct scope collate "C" order by scope collate "C") as scopes
      from ${scopeSetsOf} sets cross join unnest(sets.scopes) as scope) s`)
  return new Map(rows.map(({ id, people, scopes }) => [idOf('installation', id), { people, scopes }]))
}

/** The distinct scope sets that live yeses of the installation `i` hold, for the `from` of a statement over installations. */
export const scopeSetsOf = sql`(
  with recursive sets as (
    ${nextSet(sql`true`)}
    union all
    select next.* from sets cross join lateral (
      ${nextSet(sql`hash_array_extended(a.scopes, 0) > sets.hash`)}) next)
  select scopes from sets)`

/** The first live yes, in the order of scope sets, that comes after what was seen. */
function nextSet(after: ReturnType<typeof sql>) {
  return sql`(
    select a.scopes, hash_array_extended(a.scopes, 0) as hash
    from authorizations a
    where a.installation_id = i.id and a.epoch = i.epoch and a.ended_at is null and ${after}
      and (select true from live_authorizations l where l.id = a.id)
    order by hash_array_extended(a.scopes, 0)
    limit 1)`
}
