import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Database } from '#db/client'
import { memberships, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { type Member, noPlace } from './open-member.ts'

/** What `openMember` holds, only looked at: for what is shown before an act, asked with the act's own permission. */
export async function findMember(
  db: Database,
  actor: Actor,
  { userId, organizationId }: { userId: Id<'user'>; organizationId: Id<'organization'> },
  permission: Permission,
): Promise<Member> {
  const organization = isId('organization', organizationId)
    ? await organizationOf(db, organizationId)
    : undefined
  if (!organization) throw await absentOrganization(db, actor)
  const { rootOrganizationId } = organization
  await checkOrganization(db, actor, permission, { organizationId, rootOrganizationId })
  const [root, places, [person]] = await Promise.all([
    organizationOf(db, rootOrganizationId),
    db
      .select()
      .from(memberships)
      .where(
        and(
          eq(memberships.userId, userId),
          eq(memberships.rootOrganizationId, rootOrganizationId),
          isNull(memberships.endedAt),
        ),
      )
      .orderBy(asc(memberships.id)),
    db
      .select({ id: users.id, fullName: users.fullName })
      .from(users)
      .where(and(eq(users.id, userId), isNull(users.endedAt))),
  ])
  if (!root || !person || places.length === 0) throw noPlace(organization)
  return { organization, root, person, places }
}

async function organizationOf(db: Database, organizationId: Id<'organization'>) {
  const [row] = await db
    .select()
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
  return row
}
