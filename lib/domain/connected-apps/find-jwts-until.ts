import { tokenSql } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'

/** What JWTs may be out for. */
export type JwtHolder =
  | { appId: Id<'app'> }
  | { appIds: readonly Id<'app'>[] }
  | { installationId: Id<'installation'> }
  | { installationIds: readonly Id<'installation'>[] }
  | { authorizationId: Id<'authorization'> }
  | { authorizationIds: readonly Id<'authorization'>[] }
  | { familyId: Id<'tokenFamily'> }

/**
 * Until when JWTs that are out already may be accepted, or null where there are none. Asked after what ends them was
 * committed: one that is issued in that moment is either counted here, or finds itself dead and is never handed out.
 */
export async function findJwtsUntil(holder: JwtHolder): Promise<Date | null> {
  const sql = tokenSql()
  const [row] =
    'appId' in holder || 'appIds' in holder
      ? await sql<Row[]>`
          select extract(epoch from max(jwts_until))::float8 as until from connected_apps
          where id = any(${uuidsOf('appId' in holder ? [holder.appId] : holder.appIds)}::uuid[]) and jwts_until > now()`
      : 'installationId' in holder || 'installationIds' in holder
        ? await sql<Row[]>`
            select extract(epoch from max(jwts_until))::float8 as until from installations
            where id = any(${uuidsOf('installationId' in holder ? [holder.installationId] : holder.installationIds)}::uuid[])
              and jwts_until > now()`
        : 'familyId' in holder
          ? await sql<Row[]>`
              select extract(epoch from max(expires_at))::float8 as until from tokens
              where family_id = ${uuidOf(holder.familyId)}::uuid and is_jwt and expires_at > now()`
          : await sql<Row[]>`
              select extract(epoch from max(t.expires_at))::float8 as until
              from token_families f join tokens t on t.family_id = f.id
              where f.authorization_id = any(${uuidsOf('authorizationId' in holder ? [holder.authorizationId] : holder.authorizationIds)}::uuid[])
                and t.is_jwt and t.expires_at > now()`
  return row?.until ? new Date(Math.ceil(row.until / 60) * 60_000) : null
}

function uuidsOf(ids: readonly string[]): string {
  return `{${ids.map(uuidOf).join(',')}}`
}

type Row = { until: number | null }
