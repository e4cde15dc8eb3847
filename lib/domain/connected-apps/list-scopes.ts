import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { apis, scopes } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import type { RiskClass } from './scopes.ts'

export type ScopeOffered = {
  name: string
  title: string
  description: string
  risk: RiskClass
  needsOrganization: boolean
  needsEnvironment: boolean
  api: { name: string; isBuiltIn: boolean }
}

/**
 * What apps of this organization may ask for, by API: what every deployment offers, then the APIs of its own root.
 * For whoever has a place there; scopes of other organizations' APIs are their own business.
 */
export async function listScopes(actor: Actor, organizationId: Id<'organization'>): Promise<ScopeOffered[]> {
  const db = database()
  const [organization] = await db
    .select({ rootOrganizationId: organizations.rootOrganizationId })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
  if (!organization) throw await absentOrganization(db, actor)
  const place = { organizationId, rootOrganizationId: organization.rootOrganizationId }
  await checkOrganization(db, actor, 'connected-apps.list', place)
  const rows = await db
    .select({
      name: scopes.name,
      title: scopes.title,
      description: scopes.description,
      risk: scopes.risk,
      needsOrganization: scopes.needsOrganization,
      needsEnvironment: scopes.needsEnvironment,
      apiName: apis.name,
      apiRoot: apis.rootOrganizationId,
    })
    .from(scopes)
    .innerJoin(apis, eq(apis.id, scopes.apiId))
    .where(
      and(
        isNull(scopes.endedAt),
        or(isNull(apis.rootOrganizationId), eq(apis.rootOrganizationId, organization.rootOrganizationId)),
      ),
    )
    .orderBy(sql`${apis.rootOrganizationId} is not null`, asc(apis.id), asc(scopes.name))
  return rows.map(({ apiName, apiRoot, ...scope }) => ({
    ...scope,
    api: { name: apiName, isBuiltIn: apiRoot === null },
  }))
}
