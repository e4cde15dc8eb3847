import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'

export type LiveNumbers = {
  /** Live people: exact up to 10,000; 10,001 stands for more. */
  people: number
  /** What live yeses hold, all together, sorted. */
  scopes: string[]
}

/** People and scopes of each of these installations, read from their scope sets: three rows for 150,000 people with three sets. */
export async function readLiveNumbers(
  db: Database,
  installationIds: readonly Id<'installation'>[],
): Promise<Map<Id<'installation'>, LiveNumbers>> {
  const ids = JSON.stringify(installationIds.map(uuidOf))
  const rows = await db.execute<Row>(
    numbersFrom(sql`json_array_elements_text(${ids}::json) as wanted (id)
      join installations i on i.id = wanted.id::uuid`),
  )
  return new Map(rows.map(({ id, people, scopes }) => [idOf('installation', id), { people, scopes }]))
}

/** The same of one app, found by its name and not by its installation: whoever looks that up at the same moment waits once. */
export async function readLiveNumbersOfApp(
  db: Database,
  { rootOrganizationId, appId }: { rootOrganizationId: Id<'organization'>; appId: Id<'app'> },
): Promise<LiveNumbers> {
  const [row] = await db.execute<Row>(sql`${numbersFrom(sql`installations i`)}
    where i.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid and i.app_id = ${uuidOf(appId)}::uuid`)
  return { people: row?.people ?? 0, scopes: row?.scopes ?? [] }
}

type Row = { id: string } & LiveNumbers

/** Of these installations `i`. */
function numbersFrom(installations: SQL): SQL {
  return sql`
    select i.id, ${peopleOf} as people, coalesce(s.scopes, '{}') as scopes
    from ${installations}
    cross join lateral (
      select array_agg(distinct scope collate "C" order by scope collate "C") as scopes
      from ${scopeSetsOf} sets cross join unnest(sets.scopes) as scope) s`
}

/** The distinct scope sets that live yeses of the installation `i` hold, for the `from` of a statement over installations. */
export const scopeSetsOf = sql`(select scopes from live_scope_sets where installation_id = i.id)`

/** How many people’s authorizations of the installation `i` live: exact up to 10,000, 10,001 stands for more. */
const peopleOf = sql`coalesce((select least(people, ${COUNTED_MAX + 1})
  from live_people where installation_id = i.id), 0)`
