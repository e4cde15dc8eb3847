import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { database } from '#db/client'
import { apis, connectedApps, scopes } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import { type Id, uuidOf } from '../../base/ids.ts'
import { type Abilities, abilitiesAt } from '../permissions/abilities.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { standingOf } from '../permissions/standing.ts'
import type { RiskClass } from './scopes.ts'

export type DocumentedScope = {
  name: string
  title: string
  description: string
  risk: RiskClass
  needsOrganization: boolean
  needsEnvironment: boolean
  version: number
  /** How many apps of the organization may ask for it. */
  apps: number
}

export type DocumentedApi = {
  id: Id<'api'>
  name: string
  description: string
  audience: string
  /** Null for what is built in. */
  scopePrefix: string | null
  isBuiltIn: boolean
  /** The app that answers for it. */
  resourceServer: { id: Id<'app'>; name: string } | null
  openTo: 'internal' | 'everyone'
  tokenFormat: 'opaque' | 'jwt'
  jwtLifetimeSeconds: number
  version: number
  scopes: DocumentedScope[]
  /** What the actor may do with it. */
  abilities: Abilities
}

/**
 * Scopes documentation: every API whose scopes apps of this organization may ask for, with its scopes by name: what is
 * built in, then the own ones of the root. For administrators and developers; other organizations' APIs are not theirs.
 */
export async function listApis(actor: Actor, organizationId: Id<'organization'>): Promise<DocumentedApi[]> {
  const db = database()
  const [organization] = await db
    .select({ rootOrganizationId: organizations.rootOrganizationId })
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
  if (!organization) throw await absentOrganization(db, actor)
  const { rootOrganizationId } = organization
  await checkOrganization(db, actor, 'apis.view', { organizationId, rootOrganizationId })
  const resourceServers = alias(connectedApps, 'resource_servers')
  const inReach = and(
    isNull(apis.endedAt),
    or(isNull(apis.rootOrganizationId), eq(apis.rootOrganizationId, rootOrganizationId)),
  )
  const [found, offered, used, standing] = await Promise.all([
    db
      .select({ api: apis, resourceServer: { id: resourceServers.id, name: resourceServers.name } })
      .from(apis)
      .leftJoin(
        resourceServers,
        and(eq(resourceServers.id, apis.resourceServerAppId), isNull(resourceServers.endedAt)),
      )
      .where(inReach)
      .orderBy(sql`${apis.rootOrganizationId} is not null`, asc(sql`lower(${apis.name})`), asc(apis.id)),
    db
      .select({ scope: scopes })
      .from(scopes)
      .innerJoin(apis, eq(apis.id, scopes.apiId))
      .where(and(inReach, isNull(scopes.endedAt)))
      .orderBy(asc(scopes.name)),
    db.execute<{ scope: string; apps: number }>(sql`
      select scope, count(*)::int as apps from connected_apps c cross join unnest(c.scopes) as scope
      where c.root_organization_id = ${uuidOf(rootOrganizationId)}::uuid and c.ended_at is null group by scope`),
    standingOf(db, actor, rootOrganizationId),
  ])
  const apps = new Map(used.map((row) => [row.scope, row.apps]))
  const abilities = abilitiesAt(
    actor,
    { organizationId: rootOrganizationId, rootOrganizationId },
    standing,
  ).filter((ability) => ability.startsWith('apis.'))
  return found.map(({ api, resourceServer }) => ({
    id: api.id,
    name: api.name,
    description: api.description,
    audience: api.audience,
    scopePrefix: api.scopePrefix,
    isBuiltIn: api.rootOrganizationId === null,
    resourceServer,
    openTo: api.openTo,
    tokenFormat: api.tokenFormat,
    jwtLifetimeSeconds: api.jwtLifetimeSeconds,
    version: api.version,
    scopes: offered
      .filter(({ scope }) => scope.apiId === api.id)
      .map(({ scope: { name, title, description, risk, needsOrganization, needsEnvironment, version } }) => ({
        name,
        title,
        description,
        risk,
        needsOrganization,
        needsEnvironment,
        version,
        apps: apps.get(name) ?? 0,
      })),
    abilities: api.rootOrganizationId === null ? [] : abilities,
  }))
}
