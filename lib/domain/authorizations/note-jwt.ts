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
