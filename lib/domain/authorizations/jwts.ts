import { tokenSql } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'

/**
 * Remembers, to the full minute, until when JWT access tokens of an app (and of one installation of it) may be accepted
 * by an API that does not ask: at most once a minute is anything written. Called after the JWT's own row was kept and
 * before it is handed out.
 */
export async function noteJwt(of: {
  appId: Id<'app'>
  /** Null for an app acting for itself. */
  familyId: Id<'tokenFamily'> | null
  expiresAtSeconds: number
}): Promise<void> {
  const until = Math.ceil(of.expiresAtSeconds / 60) * 60
  const sql = tokenSql()
  await sql`
    update connected_apps set jwts_until = to_timestamp(${until})
    where id = ${uuidOf(of.appId)}::uuid and (jwts_until is null or jwts_until < to_timestamp(${until}))`
  if (!of.familyId) return
  await sql`
    update installations i set jwts_until = to_timestamp(${until})
    from token_families f join authorizations a on a.id = f.authorization_id
    where f.id = ${uuidOf(of.familyId)}::uuid and i.id = a.installation_id
      and (i.jwts_until is null or i.jwts_until < to_timestamp(${until}))`
}

/** What JWTs may be out for. */
export type JwtHolder =
  | { appId: Id<'app'> }
  | { installationId: Id<'installation'> }
  | { authorizationId: Id<'authorization'> }

/**
 * Until when JWTs that are out already may be accepted, or null where there are none. Asked after what ends them was
 * committed: one that is issued in that moment is either counted here, or finds itself dead and is never handed out.
 */
export async function findJwtsUntil(holder: JwtHolder): Promise<Date | null> {
  const sql = tokenSql()
  const [row] =
    'appId' in holder
      ? await sql<Row[]>`
          select extract(epoch from jwts_until)::float8 as until from connected_apps
          where id = ${uuidOf(holder.appId)}::uuid and jwts_until > now()`
      : 'installationId' in holder
        ? await sql<Row[]>`
            select extract(epoch from jwts_until)::float8 as until from installations
            where id = ${uuidOf(holder.installationId)}::uuid and jwts_until > now()`
        : await sql<Row[]>`
            select extract(epoch from max(t.expires_at))::float8 as until
            from token_families f join tokens t on t.family_id = f.id
            where f.authorization_id = ${uuidOf(holder.authorizationId)}::uuid and t.is_jwt and t.expires_at > now()`
  return row?.until ? new Date(Math.ceil(row.until / 60) * 60_000) : null
}

type Row = { until: number | null }
