import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Id, uuidOf } from '../../base/ids.ts'
import type { Receipt } from './schema.ts'

/** What one installation's or one authorization's removal ends at this moment: live people, token families and tokens. */
export async function countEffect(
  tx: Database | Transaction,
  of: { installationId: Id<'installation'> } | { authorizationId: Id<'authorization'> },
): Promise<Receipt> {
  const these =
    'installationId' in of
      ? sql`l.installation_id = ${uuidOf(of.installationId)}::uuid`
      : sql`l.id = ${uuidOf(of.authorizationId)}::uuid`
  const families = sql`live_authorizations l
    join token_families f on f.authorization_id = l.id and f.ended_at is null`
  const [counts] = await tx.execute<Receipt>(sql`select
    ${bounded(sql`select from live_authorizations l where ${these}`)} as people,
    ${bounded(sql`select from ${families} where ${these}`)} as families,
    ${bounded(sql`select from ${families}
      join tokens t on t.family_id = f.id and t.ended_at is null and t.consumed_at is null and t.expires_at > now()
      where ${these}`)} as tokens`)
  if (!counts) throw new Error('A count returned no row.')
  return counts
}

function bounded(rows: SQL): SQL {
  return sql`(select count(*)::int from (${rows} limit ${COUNTED_MAX + 1}) counted)`
}
