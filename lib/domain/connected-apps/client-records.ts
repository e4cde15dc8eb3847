import type postgres from 'postgres'
import { tokenSql } from '#db/client'
import type { networkMode } from '#db/schema/installations'
import { type Id, idOf } from '../../base/ids.ts'

type NetworkMode = (typeof networkMode.enumValues)[number]

/** All that the authorization server needs to know of an app, read now. `suspended`: its root organization is. */
export type ClientRecord = {
  appId: Id<'app'>
  clientId: string
  /** What was built from this record may be kept by `appId` and `version`; state, secrets and epoch are read anew. */
  version: number
  epoch: number
  state: 'enabled' | 'disabled' | 'suspended'
  name: string
  website: string | null
  initiateLoginUri: string | null
  actsAs: 'user' | 'itself'
  clientType: 'server' | 'browser' | 'native'
  audience: 'internal' | 'everyone'
  grantTypes: readonly string[]
  redirectUris: readonly string[]
  scopes: readonly string[]
  /** Those of them that have ended: hardly ever any. */
  endedScopes: readonly string[]
  requiresPkce: boolean
  introspectsOrganization: boolean
  organizationId: Id<'organization'>
  rootOrganizationId: Id<'organization'>
  /** The root organization's name: who publishes the app. */
  publisher: string
  /** From where it may be used at home, where it acts as itself; null: nothing was ever said of it. */
  networks: { mode: NetworkMode; networks: string[] } | null
  ownerId: Id<'user'>
  registeredByAppId: Id<'app'> | null
  /** The live ones, oldest first. */
  secrets: readonly { id: Id<'secret'>; hash: Buffer; expiresAt: Date | null }[]
}

/**
 * The records of these client ids, in one prepared statement; ids of no app, or of a deleted one, are missing from
 * the answer. Made to be called with what several requests wait for.
 */
export async function findClientRecords(
  clientIds: readonly string[],
  sql: postgres.Sql = tokenSql(),
): Promise<Map<string, ClientRecord>> {
  const rows = await sql<Row[]>`
    select c.id, c.client_id, c.version, c.epoch, c.name, c.website, c.initiate_login_uri, c.acts_as, c.client_type,
      c.audience, c.grant_types, c.redirect_uris, c.scopes, c.requires_pkce, c.introspects_organization,
      c.organization_id, c.root_organization_id, c.owner_id, c.registered_by_app_id, r.name as publisher, i.network_mode,
      i.networks::text[] as networks,
      case when r.suspended_at is not null or r.ended_at is not null then 'suspended'
        when c.disabled_at is not null then 'disabled' else 'enabled' end as state,
      (select json_agg(json_build_array(s.id, encode(s.hash, 'base64'), s.expires_at) order by s.created_at, s.id)
        from app_secrets s
        where s.app_id = c.id and s.ended_at is null and (s.expires_at is null or s.expires_at > now())) as secrets,
      array(select s.name from scopes s where s.ended_at is not null and s.name = any(c.scopes)) as ended_scopes
    from connected_apps c
    join organizations r on r.id = c.root_organization_id
    left join installations i on i.root_organization_id = c.root_organization_id and i.app_id = c.id
      and c.acts_as = 'itself'
    where c.client_id = any(${clientIds as string[]}::text[]) and c.ended_at is null`
  return new Map(rows.map((row) => [row.client_id, recordOf(row)]))
}

type Row = {
  id: string
  client_id: string
  version: number
  epoch: number
  name: string
  website: string | null
  initiate_login_uri: string | null
  acts_as: ClientRecord['actsAs']
  client_type: ClientRecord['clientType']
  audience: ClientRecord['audience']
  grant_types: string[]
  redirect_uris: string[]
  scopes: string[]
  ended_scopes: string[]
  requires_pkce: boolean
  introspects_organization: boolean
  organization_id: string
  root_organization_id: string
  owner_id: string
  registered_by_app_id: string | null
  publisher: string
  network_mode: NetworkMode | null
  networks: string[] | null
  state: ClientRecord['state']
  secrets: [id: string, hash: string, expiresAt: string | null][] | null
}

function recordOf(row: Row): ClientRecord {
  return {
    appId: idOf('app', row.id),
    clientId: row.client_id,
    version: row.version,
    epoch: row.epoch,
    state: row.state,
    name: row.name,
    website: row.website,
    initiateLoginUri: row.initiate_login_uri,
    actsAs: row.acts_as,
    clientType: row.client_type,
    audience: row.audience,
    grantTypes: row.grant_types,
    redirectUris: row.redirect_uris,
    scopes: row.scopes,
    endedScopes: row.ended_scopes,
    requiresPkce: row.requires_pkce,
    introspectsOrganization: row.introspects_organization,
    organizationId: idOf('organization', row.organization_id),
    rootOrganizationId: idOf('organization', row.root_organization_id),
    publisher: row.publisher,
    networks: row.network_mode && { mode: row.network_mode, networks: row.networks ?? [] },
    ownerId: idOf('user', row.owner_id),
    registeredByAppId: row.registered_by_app_id === null ? null : idOf('app', row.registered_by_app_id),
    secrets: (row.secrets ?? []).map(([id, hash, expiresAt]) => ({
      id: idOf('secret', id),
      hash: Buffer.from(hash, 'base64'),
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    })),
  }
}
