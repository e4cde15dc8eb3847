import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { type Id, newId } from '../../base/ids.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Role } from '../permissions/standing.ts'
import { settleHome } from '../users/settle-home.ts'
import type { Organization } from './open-organization.ts'

type Place = {
  /** Held by whoever calls, so that nobody gets two places at once. */
  organization: Organization
  person: { id: Id<'user'>; fullName: string }
  role: Role
  appsMax: number | null
  /** Who invited the person, where they take the place themselves. */
  inviter?: string
}

/**
 * Writes a person's place in an organization that is held, and tells of it; with one in a business group comes a plain one
 * in its root. Whether the person may be given it is decided by whoever calls.
 */
export async function recordPlace(
  tx: Transaction,
  actor: Actor,
  { organization, person, role, appsMax, inviter }: Place,
): Promise<Id<'membership'>> {
  const { id: organizationId, rootOrganizationId } = organization
  if (organizationId !== rootOrganizationId && !(await hasPlace(tx, person.id, rootOrganizationId))) {
    await tx.insert(memberships).values({
      id: newId('membership'),
      userId: person.id,
      organizationId: rootOrganizationId,
      rootOrganizationId,
      role: 'member',
    })
  }
  const id = newId('membership')
  await tx
    .insert(memberships)
    .values({ id, userId: person.id, organizationId, rootOrganizationId, role, appsMax })
  await settleHome(tx, person.id, rootOrganizationId)
  await record(tx, actor, {
    name: inviter === undefined ? 'membership.created' : 'membership.joined',
    rootOrganizationId,
    organizationId,
    subject: { id: person.id, name: person.fullName },
    details: {
      role,
      organizationName: organization.name,
      ...(appsMax === null ? {} : { appsMax }),
      ...(inviter === undefined ? {} : { inviter }),
    },
  })
  return id
}

/** Whether a person has a place in an organization itself. */
export async function hasPlace(
  tx: Transaction,
  userId: Id<'user'>,
  organizationId: Id<'organization'>,
): Promise<boolean> {
  const rows = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.organizationId, organizationId),
        isNull(memberships.endedAt),
      ),
    )
  return rows.length > 0
}
