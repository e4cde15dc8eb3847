import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { environments, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, isId } from '../../base/ids.ts'
import { type Abilities, abilitiesAt } from '../permissions/abilities.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { standingOf } from '../permissions/standing.ts'

export type OrganizationDetails = {
  id: Id<'organization'>
  name: string
  website: string | null
  parentId: Id<'organization'> | null
  root: {
    id: Id<'organization'>
    name: string
    owner: { id: Id<'user'>; fullName: string; username: string } | null
  }
  businessGroups: { id: Id<'organization'>; name: string }[]
  environments: { id: Id<'environment'>; name: string; kind: 'design' | 'sandbox' | 'production' }[]
  /** What the actor may do here. */
  abilities: Abilities
}

/** One organization with its direct business groups and its environments, for whoever has a place in its root. */
export async function getOrganization(
  actor: Actor,
  organizationId: Id<'organization'>,
): Promise<OrganizationDetails> {
  const db = database()
  const [organization] = isId('organization', organizationId)
    ? await db
        .select()
        .from(organizations)
        .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
    : []
  if (!organization) throw await absentOrganization(db, actor)
  const place = { organizationId, rootOrganizationId: organization.rootOrganizationId }
  await checkOrganization(db, actor, 'organizations.view', place)

  const [standing, root, businessGroups, labels] = await Promise.all([
    standingOf(db, actor, organizationId),
    rootOf(organization.rootOrganizationId),
    db
      .select({ id: organizations.id, name: organizations.name })
      .from(organizations)
      .where(and(eq(organizations.parentId, organizationId), isNull(organizations.endedAt)))
      .orderBy(asc(sql`lower(${organizations.name})`)),
    db
      .select({ id: environments.id, name: environments.name, kind: environments.kind })
      .from(environments)
      .where(and(eq(environments.organizationId, organizationId), isNull(environments.endedAt)))
      .orderBy(asc(sql`lower(${environments.name})`)),
  ])
  return {
    id: organization.id,
    name: organization.name,
    website: organization.website,
    parentId: organization.parentId,
    root,
    businessGroups,
    environments: labels,
    abilities: abilitiesAt(actor, place, standing),
  }
}

async function rootOf(rootOrganizationId: Id<'organization'>): Promise<OrganizationDetails['root']> {
  const [row] = await database()
    .select({
      id: organizations.id,
      name: organizations.name,
      owner: { id: users.id, fullName: users.fullName, username: users.username },
    })
    .from(organizations)
    .leftJoin(users, eq(users.id, organizations.ownerId))
    .where(eq(organizations.id, rootOrganizationId))
  return row ?? { id: rootOrganizationId, name: '', owner: null }
}
