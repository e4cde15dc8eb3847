import { tokenSql } from '#db/client'
import { type Id, idOf } from '../../base/ids.ts'
import { microBatch } from '../../base/micro-batch.ts'
import { FROM_ANYWHERE, type NetworkLimit, type NetworkMode } from '../installations/network-limit.ts'

export type TokenKind = 'authorization-code' | 'access-token' | 'refresh-token' | 'client-credentials'

/** A scope of a token, and the API it belongs to. */
export type TokenScope = {
  name: string
  /** The API's audience (RFC 8707): what introspection names as `aud`. */
  audience: string
  /** The app that answers for the API. */
  resourceServerAppId: Id<'app'> | null
  needsOrganization: boolean
  needsEnvironment: boolean
  /** Whether every deployment has it: to sign in, or of our own API. */
  isBuiltIn: boolean
}

/** A token or code that is alive at this moment, with all that hangs on it. */
export type LiveToken = {
  /** In base64. */
  hash: string
  kind: TokenKind
  app: {
    appId: Id<'app'>
    clientId: string
    name: string
    version: number
    rootOrganizationId: Id<'organization'>
    registeredByAppId: Id<'app'> | null
  }
  /** Null for an app acting for itself. */
  family: {
    familyId: Id<'tokenFamily'>
    authorizationId: Id<'authorization'>
    installationId: Id<'installation'>
    scopes: readonly string[]
    lastUsedAt: Date | null
  } | null
  /** Null for an app acting for itself. */
  person: { userId: Id<'user'>; fullName: string } | null
  rootOrganizationId: Id<'organization'>
  /** From where the app may be used there. */
  networks: NetworkLimit
  /** Those that are good at this moment: not ended, and of no API that has no part in this organization. */
  scopes: readonly TokenScope[]
  payload: Record<string, unknown>
  /** A JWT: whoever looks at it alone, and does not ask, cannot see that it ended. */
  isJwt: boolean
  /** A code or refresh token that was used: alive enough to notice that it is used again. */
  consumedAtSeconds: number | null
}

/**
 * The live token with this hash, or undefined: one prepared statement answers token, app, family, authorization,
 * installation, person and organization, for all who ask at the same moment. What alive means stands in the view
 * `live_tokens`.
 */
export const findLiveToken: (hash: Buffer) => Promise<LiveToken | undefined> = microBatch(
  async (hashes: Buffer[]) => {
    const asked = hashes.map((hash) => hash.toString('base64'))
    const rows = await tokenSql()<Row[]>`
    select encode(t.hash, 'base64') as hash, t.kind, t.app_id, c.client_id, c.name as app_name, c.version, c.root_organization_id as app_root_id,
      c.registered_by_app_id, t.family_id, t.authorization_id, t.installation_id, f.scopes as family_scopes,
      extract(epoch from f.last_used_at)::float8 as last_used_at, t.user_id, u.full_name, t.root_organization_id, t.payload,
      extract(epoch from t.consumed_at)::float8 as consumed_at,
      t.is_jwt, t.network_mode, t.networks::text[] as networks, (select json_agg(json_build_array(s.name, p.audience, p.resource_server_app_id, s.needs_organization,
          s.needs_environment, p.root_organization_id is null))
        from scopes s join apis p on p.id = s.api_id
        where s.name = any(string_to_array(t.payload ->> 'scope', ' ')) and s.ended_at is null
          and (p.root_organization_id is null or (p.root_organization_id = t.root_organization_id
            and (p.root_organization_id = c.root_organization_id or p.open_to = 'everyone')))) as scopes
    from live_tokens t
    join connected_apps c on c.id = t.app_id
    left join token_families f on f.id = t.family_id
    left join users u on u.id = t.user_id
    where t.hash = any(array(select decode(h, 'base64') from unnest(${asked}::text[]) h))`
    const found = new Map(rows.map((row) => [row.hash, tokenOf(row)]))
    return asked.map((hash) => found.get(hash))
  },
)

type Row = {
  hash: string
  kind: TokenKind
  app_id: string
  client_id: string
  app_name: string
  version: number
  app_root_id: string
  registered_by_app_id: string | null
  family_id: string | null
  authorization_id: string | null
  installation_id: string | null
  family_scopes: string[] | null
  last_used_at: number | null
  user_id: string | null
  full_name: string | null
  root_organization_id: string
  payload: Record<string, unknown>
  consumed_at: number | null
  is_jwt: boolean
  network_mode: NetworkMode | null
  networks: string[] | null
  scopes:
    | [
        name: string,
        audience: string,
        resourceServerAppId: string | null,
        needsOrganization: boolean,
        needsEnvironment: boolean,
        isBuiltIn: boolean,
      ][]
    | null
}

function tokenOf(row: Row): LiveToken {
  return {
    hash: row.hash,
    kind: row.kind,
    app: {
      appId: idOf('app', row.app_id),
      clientId: row.client_id,
      name: row.app_name,
      version: row.version,
      rootOrganizationId: idOf('organization', row.app_root_id),
      registeredByAppId: row.registered_by_app_id === null ? null : idOf('app', row.registered_by_app_id),
    },
    family:
      row.family_id && row.authorization_id && row.installation_id
        ? {
            familyId: idOf('tokenFamily', row.family_id),
            authorizationId: idOf('authorization', row.authorization_id),
            installationId: idOf('installation', row.installation_id),
            scopes: row.family_scopes ?? [],
            lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at * 1000),
          }
        : null,
    person: row.user_id ? { userId: idOf('user', row.user_id), fullName: row.full_name ?? '' } : null,
    rootOrganizationId: idOf('organization', row.root_organization_id),
    networks: row.network_mode ? { mode: row.network_mode, networks: row.networks ?? [] } : FROM_ANYWHERE,
    scopes: (row.scopes ?? []).map(
      ([name, audience, resourceServer, needsOrganization, needsEnvironment, isBuiltIn]) => ({
        name,
        audience,
        resourceServerAppId: resourceServer === null ? null : idOf('app', resourceServer),
        needsOrganization,
        needsEnvironment,
        isBuiltIn,
      }),
    ),
    payload: row.payload,
    isJwt: row.is_jwt,
    consumedAtSeconds: row.consumed_at === null ? null : Math.floor(row.consumed_at),
  }
}
