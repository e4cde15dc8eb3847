import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { apis, connectedApps, scopes } from '#db/schema/connected-apps'
import { COUNTED_MAX } from '../../base/bounded-count.ts'
import { type Id, isId, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo, check } from '../permissions/check.ts'

/** What ending a scope, or an API with all of its scopes, takes away at this moment. */
export type EndEffect = {
  scopes: string[]
  /** The first few apps of the organization that hold one of them, by name. */
  apps: { id: Id<'app'>; name: string }[]
  appsCount: number
  /** Live authorizations that hold one of them: exact up to 10,000; 10,001 stands for more. */
  authorizations: number
  /** How long a JWT access token that is out is accepted all the same; null where the API has none. */
  jwtSeconds: number | null
}

/** As many names as a question can hold. */
const APPS_SHOWN_MAX = 5
const ABSENT = 'There is no such API or scope here.'

/** What ending this API, or one scope of it, takes from whom. Changes nothing. */
export async function previewEnd(
  actor: Actor,
  { apiId, name }: { apiId: Id<'api'>; name?: string },
): Promise<EndEffect> {
  const db = database()
  const rows = await db
    .select({
      name: scopes.name,
      rootOrganizationId: apis.rootOrganizationId,
      tokenFormat: apis.tokenFormat,
      jwtLifetimeSeconds: apis.jwtLifetimeSeconds,
    })
    .from(apis)
    .leftJoin(scopes, and(eq(scopes.apiId, apis.id), isNull(scopes.endedAt)))
    .where(
      and(
        eq(apis.id, isId('api', apiId) ? apiId : sql`null`),
        name === undefined ? undefined : eq(scopes.name, name),
        isNotNull(apis.rootOrganizationId),
        isNull(apis.endedAt),
      ),
    )
  const [api] = rows
  if (!api?.rootOrganizationId) throw await absentTo(db, actor, ABSENT)
  const { rootOrganizationId } = api
  const place = { organizationId: rootOrganizationId, rootOrganizationId }
  await check(db, actor, 'apis.end', place, { permission: 'apis.view', absent: ABSENT })
  const names = rows.flatMap(({ name }) => name ?? [])
  const anyOf = sql`array(select json_array_elements_text(${JSON.stringify(names)}::text::json))`
  const holding = and(
    eq(connectedApps.rootOrganizationId, rootOrganizationId),
    isNull(connectedApps.endedAt),
    sql`${connectedApps.scopes} && ${anyOf}`,
  )
  const [apps, counts] = await Promise.all([
    db
      .select({ id: connectedApps.id, name: connectedApps.name })
      .from(connectedApps)
      .where(holding)
      .orderBy(asc(sql`lower(${connectedApps.name})`))
      .limit(APPS_SHOWN_MAX),
    db.execute<{ apps: number; authorizations: number }>(sql`select
      (select count(*)::int from connected_apps where ${holding}) as apps,
      (select count(*)::int from (select from live_authorizations l
        where l.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid and l.scopes && ${anyOf}
        limit ${COUNTED_MAX + 1}) held) as authorizations`),
  ])
  return {
    scopes: names.sort(),
    apps,
    appsCount: counts[0]?.apps ?? 0,
    authorizations: counts[0]?.authorizations ?? 0,
    jwtSeconds: api.tokenFormat === 'jwt' ? api.jwtLifetimeSeconds : null,
  }
}
