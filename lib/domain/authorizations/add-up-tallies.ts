import { sql } from 'drizzle-orm'
import { database } from '#db/client'

/**
 * Makes one row of all that were tallied of the same scope set, and forgets epochs that are over. Several processes may do it at
 * once, and yeses may come and go meanwhile: what is added up is what was taken away. Returns how many rows went.
 */
export async function addUpTallies(): Promise<number> {
  const { count: over } = await database().execute(sql`
    delete from authorization_tallies t using installations i where i.id = t.installation_id and t.epoch < i.epoch`)
  const [row] = await database().execute<{ taken: number; added: number }>(sql`
    with taken as (
      delete from authorization_tallies t using (
        select installation_id, epoch, scopes from authorization_tallies
        group by installation_id, epoch, scopes having count(*) > 1 or sum(people) = 0) several
      where t.installation_id = several.installation_id and t.epoch = several.epoch and t.scopes = several.scopes
      returning t.*),
    added as (
      insert into authorization_tallies (root_organization_id, installation_id, epoch, scopes, people)
      select root_organization_id, installation_id, epoch, scopes, sum(people) from taken
      group by root_organization_id, installation_id, epoch, scopes having sum(people) <> 0
      returning true)
    select (select count(*)::int from taken) as taken, (select count(*)::int from added) as added`)
  return over + (row?.taken ?? 0) - (row?.added ?? 0)
}
