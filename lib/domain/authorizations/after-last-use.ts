import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { type Cursor, readCursor } from '../../base/cursor.ts'

/**
 * Where a list goes on whose rows come by last use, the latest first and what was never used at the end. Never is longest ago, so
 * that one comparison goes on from any row.
 */
export function afterLastUse(cursor: Cursor | undefined, lastUsedAt: SQLWrapper, id: SQLWrapper): SQL {
  const after = readCursor(cursor, ['moment-or-nothing', 'uuid'])
  if (!after) return sql`true`
  const [at, afterId] = after
  return sql`(coalesce(${lastUsedAt}, '-infinity'::timestamptz), ${id})
    < (${at ?? '-infinity'}::timestamptz, ${afterId}::uuid)`
}
