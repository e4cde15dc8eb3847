import { and, count, eq, isNull, ne } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { refuseRoleAbove } from '../organizations/refuse-role-above.ts'
import type { Actor } from '../permissions/actor.ts'
import { countMovingApps, type MovingApps } from './count-effect.ts'
import { findMember } from './find-member.ts'
import { noPlace } from './open-member.ts'
import { refuseOwner } from './refuse-owner.ts'
import { type PreviewRoleChangeInput, previewRoleChangeSchema } from './schema.ts'

export type RoleChangePreview = {
  apps: MovingApps
  /** Nobody else holds the role of administrator in that organization itself: those above it look after it then. */
  isLastAdministrator: boolean
}

/** What another role would do, counted now; refused where the act would be. */
export async function previewRoleChange(
  actor: Actor,
  input: PreviewRoleChangeInput,
): Promise<RoleChangePreview> {
  const { userId, organizationId, role } = parse(previewRoleChangeSchema, input)
  const db = database()
  const member = await findMember(db, actor, { userId, organizationId }, 'organizations.change-role')
  const { organization, root, person, places } = member
  const place = places.find((one) => one.organizationId === organizationId)
  if (!place) throw noPlace(organization)
  if (organizationId === root.id && role !== 'administrator') refuseOwner(person, [root])
  if (place.role !== role) await refuseRoleAbove(db, actor, role, organizationId)
  const [apps, others] = await Promise.all([
    countMovingApps(db, actor, {
      userId,
      rootOrganizationId: root.id,
      // A developer may own what an administrator owned.
      without: role === 'member' ? [place.id] : [],
    }),
    otherAdministrators(db, organizationId, userId),
  ])
  const isLosing = place.role === 'administrator' && role !== 'administrator'
  return { apps, isLastAdministrator: isLosing && others === 0 }
}

async function otherAdministrators(
  db: Database,
  organizationId: Id<'organization'>,
  userId: Id<'user'>,
): Promise<number> {
  const [row] = await db
    .select({ others: count() })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        eq(memberships.role, 'administrator'),
        ne(memberships.userId, userId),
        isNull(memberships.endedAt),
        isNull(users.endedAt),
        isNull(users.deactivatedAt),
      ),
    )
  return row?.others ?? 0
}
