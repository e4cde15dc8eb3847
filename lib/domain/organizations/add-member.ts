import { and, eq, isNull } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { type Id, newId } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { openActiveUser } from '../users/open-user.ts'
import { settleHome } from '../users/settle-home.ts'
import { type Organization, openOrganization } from './open-organization.ts'
import { type AddMemberInput, addMemberSchema } from './schema.ts'

/**
 * Gives a person a role in an organization the actor administers. A place in a business group needs one in its root:
 * an administrator of the root makes both at once, an administrator of the group alone can only take in who is
 * already there. Refuses a second place in the same organization.
 */
export async function addMember(
  actor: Actor,
  input: AddMemberInput,
): Promise<{ membershipId: Id<'membership'> }> {
  const { organizationId, userId, role } = parse(addMemberSchema, input)
  return transaction(async (tx) => {
    const organization = await openOrganization(tx, actor, organizationId, 'organizations.add-member')
    const user = await openActiveUser(tx, userId, 'userId')
    const { rootOrganizationId } = organization
    const isRoot = organizationId === rootOrganizationId
    if (!isRoot && !(await hasPlace(tx, userId, rootOrganizationId))) {
      await bringIntoRoot(tx, actor, organization, userId)
    }
    if (await hasPlace(tx, userId, organizationId)) {
      const sentence = `${user.fullName} already has a place in ${organization.name}.`
      throw new Refusal('conflict', sentence, { userId: sentence })
    }
    const membershipId = newId('membership')
    await tx
      .insert(memberships)
      .values({ id: membershipId, userId, organizationId, rootOrganizationId, role })
    await settleHome(tx, userId, rootOrganizationId)
    await record(tx, actor, {
      name: 'membership.created',
      rootOrganizationId,
      organizationId,
      subject: { id: userId, name: user.fullName },
      details: { role, organizationName: organization.name },
    })
    return { membershipId }
  })
}

async function bringIntoRoot(tx: Transaction, actor: Actor, organization: Organization, userId: Id<'user'>) {
  const { rootOrganizationId } = organization
  await check(tx, actor, 'organizations.add-member', {
    organizationId: rootOrganizationId,
    rootOrganizationId,
  })
  await tx.insert(memberships).values({
    id: newId('membership'),
    userId,
    organizationId: rootOrganizationId,
    rootOrganizationId,
    role: 'member',
  })
}

async function hasPlace(
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
