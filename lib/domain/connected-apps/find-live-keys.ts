import { tokenSql } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'

export type LiveKey = { keyId: Id<'appKey'>; jwk: Record<string, string> }
export type AppKeyring = { registered: LiveKey[]; jwksUri: string | null }

/** The keys an app may sign with, read now: one that ended a moment ago is not among them. */
export async function findLiveKeys(appId: Id<'app'>): Promise<AppKeyring> {
  const [row] = await tokenSql()<
    { jwks_uri: string | null; keys: [id: string, jwk: Record<string, string>][] | null }[]
  >`
    select c.jwks_uri, (
      select json_agg(json_build_array(k.id, k.public_jwk) order by k.created_at, k.id)
      from app_keys k
      where k.app_id = c.id and k.ended_at is null and (k.expires_at is null or k.expires_at > now())) as keys
    from connected_apps c
    where c.id = ${uuidOf(appId)}::uuid and c.client_type = 'server'`
  return {
    registered: (row?.keys ?? []).map(([id, jwk]) => ({ keyId: idOf('appKey', id), jwk })),
    jwksUri: row?.jwks_uri ?? null,
  }
}
