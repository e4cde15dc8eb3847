import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import type { Right } from './check-rights-to-give.ts'

/**
 * What apps acting for themselves may do, and where: each scope in its places, and one that is not limited to places in the
 * app's residence. A scope that ended gives nobody anything, and is left out.
 */
export async function findRightsOfApps(
  tx: Database | Transaction,
  appIds: readonly Id<'app'>[],
): Promise<Map<Id<'app'>, Right[]>> {
  if (appIds.length === 0) return new Map()
  const these = sql`any(${sql.param(`{${appIds.map(uuidOf).join(',')}}`)}::uuid[])`
  const rows = await tx.execute<{ appId: string; scope: string; organizationId: string }>(sql`
    select c.id as "appId", s.name as scope, x.organization_id as "organizationId"
    from connected_apps c
    join app_contexts x on x.app_id = c.id
    join scopes s on s.name = x.scope and s.ended_at is null
    where c.id = ${these} and c.acts_as = 'itself'
    union
    select c.id, s.name, c.organization_id
    from connected_apps c
    join scopes s on s.name = any(c.scopes) and not s.needs_organization and s.ended_at is null
    where c.id = ${these} and c.acts_as = 'itself'`)
  const rights = rows.map(({ appId, scope, organizationId }) => ({
    appId: idOf('app', appId),
    right: { scope, organizationId: idOf('organization', organizationId) },
  }))
  const byApp = Map.groupBy(rights, ({ appId }) => appId)
  return new Map([...byApp].map(([appId, all]) => [appId, all.map(({ right }) => right)]))
}
