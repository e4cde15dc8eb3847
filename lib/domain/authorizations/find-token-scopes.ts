import { tokenSql } from '#db/client'
import { idOf, uuidOf } from '../../base/ids.ts'
import type { TokenPlace } from '../connected-apps/find-void-scopes.ts'
import type { TokenScope } from './find-live-tokens.ts'

/** Those of these scopes that are good at that place, read now: what a token about to be made may carry. */
export async function findTokenScopes(names: readonly string[], place: TokenPlace): Promise<TokenScope[]> {
  const [root, home] = [uuidOf(place.rootOrganizationId), uuidOf(place.appRootOrganizationId)]
  const rows = await tokenSql()<Row[]>`
    select s.name, p.audience, p.resource_server_app_id, s.needs_organization, s.needs_environment,
      p.root_organization_id is null as is_built_in
    from scopes s join apis p on p.id = s.api_id
    where s.name = any(${names as string[]}::text[]) and s.ended_at is null
      and (p.root_organization_id is null or (p.root_organization_id = ${root}::uuid
        and (p.root_organization_id = ${home}::uuid or p.open_to = 'everyone')))`
  return rows.map((row) => ({
    name: row.name,
    audience: row.audience,
    resourceServerAppId: row.resource_server_app_id === null ? null : idOf('app', row.resource_server_app_id),
    needsOrganization: row.needs_organization,
    needsEnvironment: row.needs_environment,
    isBuiltIn: row.is_built_in,
  }))
}

type Row = {
  name: string
  audience: string
  resource_server_app_id: string | null
  needs_organization: boolean
  needs_environment: boolean
  is_built_in: boolean
}
