import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { reachOf } from './reach.ts'
import { type CountPeopleInput, countPeopleSchema } from './schema.ts'
import { wantedPeople } from './wanted-people.ts'

/** How many people `listPeople` lists with this search and these filters, counted to 10,001 at most unless it is to be exact. Asked once, not with each page. */
export async function countPeople(actor: Actor, input: CountPeopleInput): Promise<number> {
  const query = parse(countPeopleSchema, input)
  const db = database()
  const reach = await reachOf(db, actor, query.organizationId)
  const [row] = await db.execute<{ total: number }>(sql`
    select count(*)::int as total
    from (select from users u where ${wantedPeople(query, reach)} limit ${query.isExact ? null : COUNTED_MAX + 1}) found`)
  return row?.total ?? 0
}
