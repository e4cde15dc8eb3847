import { tokenSql } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { ScopeContext } from '../permissions/actor.ts'

/**
 * In which organizations (and environments) an app acting for itself may use which scope, read now: a context taken
 * away a moment ago counts no more, for tokens already out too. What has ended does not count: scopes, organizations,
 * environments.
 */
export async function findContexts(appId: Id<'app'>): Promise<readonly ScopeContext[]> {
  const rows = await tokenSql()<{ scope: string; organization_id: string; environment_id: string | null }[]>`
    select x.scope, x.organization_id, x.environment_id
    from app_contexts x
    join connected_apps c on c.id = x.app_id and c.acts_as = 'itself' and x.scope = any(c.scopes)
    join scopes s on s.name = x.scope and s.ended_at is null
    join organizations o on o.id = x.organization_id and o.ended_at is null
    left join environments e on e.id = x.environment_id
    where x.app_id = ${uuidOf(appId)}::uuid and e.ended_at is null`
  return rows.map((row) => ({
    scope: row.scope,
    organizationId: idOf('organization', row.organization_id),
    ...(row.environment_id === null ? {} : { environmentId: idOf('environment', row.environment_id) }),
  }))
}
