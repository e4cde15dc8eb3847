import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { environments, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, isId } from '../../base/ids.ts'
import { type Abilities, abilitiesAt } from '../permissions/abilities.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { standingOf } from '../permissions/standing.ts'
import { listOrganizationsOf } from './list-organizations-of.ts'
import { type AppCreation, mayCreateUnder } from './rules.ts'

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
  /** Directly below it, as far as the actor has a place there or governs from above. */
  businessGroups: { id: Id<'organization'>; name: string }[]
  environments: {
    id: Id<'environment'>
    name: string
    kind: 'design' | 'sandbox' | 'production'
    version: number
  }[]
  /** Who may create apps anywhere in the tree, and whether that lets the actor in where their role would. */
  appCreation: { rule: AppCreation; isOpen: boolean }
  version: number
  /** What the actor may do here. */
  abilities: Abilities
}

/** One organization with its direct business groups and its environments, for whoever has a place there or governs it from above. */
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

  const [standing, root, seen, labels] = await Promise.all([
    standingOf(db, actor, organizationId),
    rootOf(organization.rootOrganizationId),
    listOrganizationsOf(actor),
    db
      .select({
        id: environments.id,
        name: environments.name,
        kind: environments.kind,
        version: environments.version,
      })
      .from(environments)
      .where(and(eq(environments.organizationId, organizationId), isNull(environments.endedAt)))
      .orderBy(asc(sql`lower(${environments.name})`)),
  ])
  return {
    id: organization.id,
    name: organization.name,
    website: organization.website,
    parentId: organization.parentId,
    root: { id: root.id, name: root.name, owner: root.owner },
    businessGroups: seen
      .filter(({ parentId }) => parentId === organizationId)
      .map(({ id, name }) => ({ id, name })),
    environments: labels,
    appCreation: {
      rule: root.appCreation,
      isOpen: mayCreateUnder(
        root.appCreation,
        standing.roles.includes('administrator') || actor.kind !== 'user',
      ),
    },
    version: organization.version,
    abilities: abilitiesAt(actor, place, standing),
  }
}

async function rootOf(rootOrganizationId: Id<'organization'>) {
  const [row] = await database()
    .select({
      id: organizations.id,
      name: organizations.name,
      appCreation: organizations.appCreation,
      owner: { id: users.id, fullName: users.fullName, username: users.username },
    })
    .from(organizations)
    .leftJoin(users, eq(users.id, organizations.ownerId))
    .where(eq(organizations.id, rootOrganizationId))
  if (!row) throw new Error(`The root organization ${rootOrganizationId} is missing.`)
  return row
}
