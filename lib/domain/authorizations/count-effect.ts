import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import type { Effect } from './schema.ts'

/** All yeses of an installation, or one. The epoch is handed in: the planner counts few rows where it is a new one. */
type Removed =
  | { installationId: Id<'installation'>; epoch: number }
  | { authorizationId: Id<'authorization'> }

const isTokenUsable = sql`t.ended_at is null and t.consumed_at is null and t.expires_at > now()`

/** Whether a token of the family `f` could still be used. Asked family by family: joined, it would read all tokens there are. */
export const isFamilyUsable = sql`(select true from tokens t where t.family_id = f.id and ${isTokenUsable} limit 1)`

/** What a removal ends at this moment: live people, their tokens, and the families these are in; counted up to `max`, one more for more. */
export async function countEffect(
  tx: Database | Transaction,
  of: Removed,
  max = COUNTED_MAX,
): Promise<Effect> {
  const yeses = sql`from authorizations a join live_authorizations l on l.id = a.id`
  const families = sql`join token_families f on f.authorization_id = a.id and f.ended_at is null`
  const tokens = sql`join tokens t on t.family_id = f.id and ${isTokenUsable}`
  const these =
    'installationId' in of
      ? sql`where a.installation_id = ${uuidOf(of.installationId)}::uuid and a.epoch = ${of.epoch} and a.ended_at is null`
      : sql`where a.id = ${uuidOf(of.authorizationId)}::uuid`
  const count = (rows: SQL) => sql`(select count(*)::int from (select ${rows} limit ${max + 1}) counted)`
  const [counts] = await tx.execute<Effect>(sql`select
    ${count(sql`${yeses} ${these}`)} as people,
    ${count(sql`${yeses} ${families} ${these} and ${isFamilyUsable}`)} as families,
    ${count(sql`${yeses} ${families} ${tokens} ${these}`)} as tokens`)
  if (!counts) throw new Error('A count returned no row.')
  return counts
}
