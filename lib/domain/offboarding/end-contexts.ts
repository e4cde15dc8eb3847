import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { idOf, uuidOf } from '../../base/ids.ts'
import { recordEach } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'

export type EndedContexts = { contexts: number; apps: number }

/**
 * Ends places of apps acting for themselves (`x` is the place, `c` the app), for tokens already out too, which are asked
 * anew each time. One statement for all of them, and one event for each app, with its places before and after. Called
 * while the apps are held.
 */
export async function endContexts(
  tx: Transaction,
  actor: Actor,
  which: SQL,
  trigger: 'group-moved' | 'group-deleted' | 'environment-ended',
): Promise<EndedContexts> {
  const by = personOf(actor)
  const saved = await tx.execute<SavedApp>(sql`
    with gone as (
      delete from app_contexts x using connected_apps c
      where c.id = x.app_id and c.ended_at is null and (${which})
      returning x.app_id, x.scope, x.organization_id, x.environment_id),
    saved as (
      update connected_apps c
      set version = c.version + 1, updated_at = now(), updated_by = ${by && uuidOf(by)}::uuid
      where c.id in (select app_id from gone)
      returning c.id, c.name, c.version, c.organization_id, c.root_organization_id)
    select s.id, s.name, s.version, s.organization_id as "organizationId", s.root_organization_id as "rootOrganizationId",
      -- What stood before this statement, the ended ones among it.
      (select json_agg(json_build_object('scope', x.scope, 'organizationId', x.organization_id,
        'environmentId', x.environment_id, 'isGone', exists (
          select from gone g where g.app_id = x.app_id and g.scope = x.scope and g.organization_id = x.organization_id
            and g.environment_id is not distinct from x.environment_id)) order by x.scope, x.organization_id)
        from app_contexts x where x.app_id = s.id) as contexts
    from saved s`)
  const changes = saved.map((app) => {
    const after = app.contexts.filter((context) => !context.isGone)
    return { app, before: app.contexts.map(shapeOf), after: after.map(shapeOf) }
  })
  await recordEach(
    tx,
    actor,
    changes.map(({ app, before, after }) => ({
      name: 'connected-app.scopes-changed',
      rootOrganizationId: idOf('organization', app.rootOrganizationId),
      organizationId: idOf('organization', app.organizationId),
      appId: idOf('app', app.id),
      subject: { id: idOf('app', app.id), name: app.name },
      details: { version: app.version, changed: { contexts: { before, after } }, trigger },
    })),
  )
  const contexts = changes.reduce((sum, { before, after }) => sum + before.length - after.length, 0)
  return { contexts, apps: changes.length }
}

type Context = { scope: string; organizationId: string; environmentId: string | null; isGone: boolean }
type SavedApp = {
  id: string
  name: string
  version: number
  organizationId: string
  rootOrganizationId: string
  contexts: Context[]
}

function shapeOf({ scope, organizationId, environmentId }: Context) {
  return {
    scope,
    organizationId: idOf('organization', organizationId),
    ...(environmentId ? { environmentId: idOf('environment', environmentId) } : {}),
  }
}
