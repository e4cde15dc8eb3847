import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, isId, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { isUsable } from '../installations/count-effect.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { PAGE_ROWS } from './schema.ts'

export type TokenFamily = {
  familyId: Id<'tokenFamily'>
  startedAt: Date
  ip: string | null
  userAgent: string | null
  scopes: string[]
  lastUsedAt: Date | null
  /** Tokens in it that could still be used, and when the last of them ends. */
  tokens: number
  endsAt: Date
}

type Found = Omit<TokenFamily, 'familyId' | 'startedAt' | 'lastUsedAt' | 'endsAt'> & {
  family: string
  startedAt: string
  lastUsedAt: string | null
  endsAt: string
}

/**
 * The token families of one person's live authorization that could still be used, the newest first, a page at a time. What
 * ran out is left out, as it is where families are counted: who signs in daily would have little else.
 */
export async function listTokenFamilies(
  actor: Actor,
  input: { rootOrganizationId: Id<'organization'>; authorizationId: Id<'authorization'>; cursor?: Cursor },
): Promise<{ rows: TokenFamily[]; next: Cursor }> {
  const db = database()
  await checkInRoot(db, actor, input.rootOrganizationId, 'authorizations.list')
  if (!isId('authorization', input.authorizationId))
    throw new Refusal('not-found', 'There is no such authorization here.')
  const after = readCursor(input.cursor, ['moment', 'uuid'])
  const found = await db.execute<Found>(sql`
    select f.id as family, f.created_at::text as "startedAt", host(f.ip) as ip, f.user_agent as "userAgent", f.scopes,
      f.last_used_at::text as "lastUsedAt", t.tokens, t.ends_at::text as "endsAt"
    from live_authorizations l
    join token_families f on f.authorization_id = l.id and f.ended_at is null
    cross join lateral (
      select count(*)::int as tokens, max(t.expires_at) as ends_at from tokens t
      where t.family_id = f.id and ${isUsable} having count(*) > 0) t
    where l.id = ${uuidOf(input.authorizationId)}::uuid
      and l.root_organization_id = ${uuidOf(input.rootOrganizationId)}::uuid
      and ${after ? sql`(f.created_at, f.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
    order by f.created_at desc, f.id desc
    limit ${PAGE_ROWS + 1}`)
  const shown = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? shown.at(-1) : undefined
  return {
    rows: shown.map(({ family, startedAt, lastUsedAt, endsAt, ...row }) => ({
      ...row,
      familyId: idOf('tokenFamily', family),
      startedAt: new Date(startedAt),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
      endsAt: new Date(endsAt),
    })),
    next: last ? writeCursor([last.startedAt, last.family]) : null,
  }
}
