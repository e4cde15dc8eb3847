import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { BATCH_ROWS } from '../../base/in-batches.ts'

/** A family begins before its first token: a device asks for its own only minutes later. */
const TOKENLESS_HOURS = 24
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/**
 * Deletes token families of which no token is left: what ended or ran out, once its tokens are purged. Families that live
 * are looked at too, because nothing is written when one runs out: in the order of their ids, so many at once. Several processes may
 * do it at once. Returns how many.
 */
export async function purgeTokenFamilies(rowsAtOnce = BATCH_ROWS): Promise<number> {
  let sum = 0
  let after: string | null = BEFORE_ALL
  while (after !== null) {
    const [walked]: { gone: number; last: string | null }[] = await database().execute(sql`
      with these as materialized (
        select id from token_families where id > ${after}::uuid order by id limit ${rowsAtOnce}),
      gone as (
        delete from token_families where id in (
          select f.id from these join token_families f on f.id = these.id
          where f.created_at < now() - make_interval(hours => ${TOKENLESS_HOURS})
            and (select true from tokens t where t.family_id = f.id limit 1) is null
          for update of f skip locked)
        returning true)
      select (select count(*)::int from gone) as gone, (select id from these order by id desc limit 1) as last`)
    sum += walked?.gone ?? 0
    after = walked?.last ?? null
  }
  return sum
}
