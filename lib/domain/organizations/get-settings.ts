import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { environments, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, isId } from '../../base/ids.ts'
import { type Abilities, abilitiesAt } from '../permissions/abilities.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization } from '../permissions/check-organization.ts'
import { may } from '../permissions/may.ts'
import { standingOf } from '../permissions/standing.ts'
import type { AppCreation } from './rules.ts'

export type OrganizationSettings = {
  id: Id<'organization'>
  version: number
  name: string
  website: string | null
  environments: {
    id: Id<'environment'>
    name: string
    kind: 'design' | 'sandbox' | 'production'
    version: number
    /** How many apps acting for themselves may use a scope there. */
    apps: number
  }[]
  /** What is decided for a whole root organization; null for a business group. */
  rules: {
    appCreation: AppCreation
    secretDaysMax: number | null
    allowsPasswordTokens: boolean
    apps: number
    appsMax: number
    owner: { id: Id<'user'>; fullName: string; username: string }
    /** Apps that may introspect every token of the organization. */
    introspecting: { id: Id<'app'>; name: string }[]
  } | null
  abilities: Abilities
}

/** What an organization's Settings show, for whoever may change them; to anybody else they are not there, seen from inside or outside. */
export async function getSettings(
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<OrganizationSettings> {
  const db = database()
  const [organization] = isId('organization', organizationId)
    ? await db
        .select()
        .from(organizations)
        .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
    : []
  if (!organization) throw await absentOrganization(db, actor)
  const { rootOrganizationId } = organization
  const place = { organizationId, rootOrganizationId }
  const standing = await standingOf(db, actor, organizationId)
  if (!may(actor, 'organizations.update', place, standing)) throw await absentOrganization(db, actor)
  const isRoot = organizationId === rootOrganizationId
  const [labels, root] = await Promise.all([
    db
      .select({
        id: environments.id,
        name: environments.name,
        kind: environments.kind,
        version: environments.version,
        apps: sql<number>`(select count(distinct x.app_id)::int from app_contexts x
          join connected_apps c on c.id = x.app_id and c.ended_at is null
          where x.environment_id = environments.id)`,
      })
      .from(environments)
      .where(and(eq(environments.organizationId, organizationId), isNull(environments.endedAt)))
      .orderBy(asc(sql`lower(${environments.name})`)),
    isRoot ? rootFacts(organizationId) : null,
  ])
  const { appCreation, secretDaysMax, allowsPasswordTokens, appsMax } = organization
  return {
    id: organization.id,
    version: organization.version,
    name: organization.name,
    website: organization.website,
    environments: labels,
    rules: root && { appCreation, secretDaysMax, allowsPasswordTokens, appsMax, ...root },
    abilities: abilitiesAt(actor, place, standing),
  }
}

async function rootFacts(rootOrganizationId: Id<'organization'>) {
  const db = database()
  const inTree = and(eq(connectedApps.rootOrganizationId, rootOrganizationId), isNull(connectedApps.endedAt))
  const [[apps], [owner], introspecting] = await Promise.all([
    db.select({ total: count() }).from(connectedApps).where(inTree),
    db
      .select({ id: users.id, fullName: users.fullName, username: users.username })
      .from(organizations)
      .innerJoin(users, eq(users.id, organizations.ownerId))
      .where(eq(organizations.id, rootOrganizationId)),
    db
      .select({ id: connectedApps.id, name: connectedApps.name })
      .from(connectedApps)
      .where(and(inTree, eq(connectedApps.introspectsOrganization, true)))
      .orderBy(asc(sql`lower(${connectedApps.name})`)),
  ])
  if (!owner) throw new Error(`The root organization ${rootOrganizationId} has no owner.`)
  return { apps: apps?.total ?? 0, owner, introspecting }
}
