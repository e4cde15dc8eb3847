import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import type { Effect } from './schema.ts'

/** All yeses of an installation, one, or several, of whom each counts as one person. The epoch is handed in: the planner counts few rows where it is a new one. */
type Removed =
  | { installationId: Id<'installation'>; epoch: number }
  | { authorizationId: Id<'authorization'> }
  | { authorizationIds: readonly Id<'authorization'>[] }
  | { installationIds: readonly Id<'installation'>[] }

/** Whether a token `t` could still be used. */
export const isUsable = sql`t.ended_at is null and t.consumed_at is null and t.expires_at > now()`

/** Whether a token of the family `f` could still be used. Asked family by family: joined, it would read all tokens there are. */
export const isFamilyUsable = sql`(select true from tokens t where t.family_id = f.id and ${isUsable} limit 1)`

/**
 * What a removal ends at this moment: live people, their tokens, and the families these are in, of `max` people at most. One
 * pass, bounded by the people it looks at and not by what it finds: 100,000 people without a token would be read to the end. Each
 * yes is asked for what is its own: joined, the planner reads all families there are.
 */
export async function countEffect(
  tx: Database | Transaction,
  of: Removed,
  max = COUNTED_MAX,
): Promise<Effect> {
  const [counts] = await tx.execute<Omit<Effect, 'isExact'>>(sql`
    with yeses as materialized (
      select a.id from authorizations a
      where ${theseOf(of)} and (select true from live_authorizations l where l.id = a.id) limit ${max + 1})
    select (select count(*)::int from yeses) as people, count(*) filter (where used.tokens > 0)::int as families,
      coalesce(sum(used.tokens), 0)::int as tokens
    from yeses
    cross join lateral (
      select f.id from token_families f where f.authorization_id = yeses.id and f.ended_at is null offset 0) f
    cross join lateral (
      select count(*)::int as tokens from tokens t where t.family_id = f.id and ${isUsable}) used`)
  if (!counts) throw new Error('A count returned no row.')
  return { ...counts, isExact: counts.people <= max }
}

function theseOf(of: Removed): SQL {
  if ('installationId' in of)
    return sql`a.installation_id = ${uuidOf(of.installationId)}::uuid and a.epoch = ${of.epoch} and a.ended_at is null`
  if ('authorizationId' in of) return sql`a.id = ${uuidOf(of.authorizationId)}::uuid`
  if ('authorizationIds' in of) return sql`a.id = any(${uuidsOf(of.authorizationIds)}::uuid[])`
  // Yeses of older epochs stay where they are, as many as there once were: none of them is looked at.
  return sql`a.ended_at is null and (a.installation_id, a.epoch) in (
    select i.id, i.epoch from installations i where i.id = any(${uuidsOf(of.installationIds)}::uuid[]))`
}

const uuidsOf = (ids: readonly string[]) => `{${ids.map(uuidOf).join(',')}}`
