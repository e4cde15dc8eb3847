import { tokenSql } from '#db/client'
import { type Id, idOf } from '../../base/ids.ts'

/** An API as the authorization server needs to know it. */
export type FoundApi = {
  /** Null for what every deployment has. */
  rootOrganizationId: Id<'organization'> | null
  openTo: 'internal' | 'everyone'
  tokenFormat: 'opaque' | 'jwt'
  jwtLifetimeSeconds: number
  /** The names of those that have not ended. */
  scopes: readonly string[]
}

/** The API with this audience (RFC 8707), read now, or undefined if there is none or it has ended. */
export async function findApi(audience: string): Promise<FoundApi | undefined> {
  const [row] = await tokenSql()<Row[]>`
    select a.root_organization_id, a.open_to, a.token_format, a.jwt_lifetime_seconds,
      array(select s.name from scopes s where s.api_id = a.id and s.ended_at is null order by s.name) as scopes
    from apis a where a.audience = ${audience} and a.ended_at is null`
  return (
    row && {
      rootOrganizationId:
        row.root_organization_id === null ? null : idOf('organization', row.root_organization_id),
      openTo: row.open_to,
      tokenFormat: row.token_format,
      jwtLifetimeSeconds: row.jwt_lifetime_seconds,
      scopes: row.scopes,
    }
  )
}

type Row = {
  root_organization_id: string | null
  open_to: FoundApi['openTo']
  token_format: FoundApi['tokenFormat']
  jwt_lifetime_seconds: number
  scopes: string[]
}
