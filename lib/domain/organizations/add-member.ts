import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { openActiveUser } from '../users/open-user.ts'
import { type Organization, openOrganization } from './open-organization.ts'
import { hasPlace, recordPlace } from './record-place.ts'
import { refuseRoleAbove } from './refuse-role-above.ts'
import { type AddMemberInput, addMemberSchema } from './schema.ts'

/**
 * Gives a colleague, who has a place in the root organization, a role in one of its business groups that the actor
 * administers, and a developer their quota of apps. Anybody else is invited: nobody is taken into a root organization
 * without their own yes. Refuses a second place in the same organization, somebody who is no colleague, and an app that
 * would make an administrator where its owner is none.
 */
export async function addMember(
  actor: Actor,
  input: AddMemberInput,
): Promise<{ membershipId: Id<'membership'>; userId: Id<'user'> }> {
  const { organizationId, role, appsMax, ...who } = parse(addMemberSchema, input)
  return transaction(async (tx) => {
    const organization = await openOrganization(tx, actor, organizationId, 'organizations.add-member')
    await refuseRoleAbove(tx, actor, role, organizationId)
    const userId = await colleague(tx, organization, who)
    const user = await openActiveUser(tx, userId, 'userId')
    if (await hasPlace(tx, userId, organizationId)) {
      const sentence = `${user.fullName} already has a place in ${organization.name}.`
      throw new Refusal('conflict', sentence, { [who.userId ? 'userId' : 'login']: sentence })
    }
    const place = { organization, person: user, role, appsMax: appsMax ?? null }
    const membershipId = await recordPlace(tx, actor, place)
    return { membershipId, userId }
  })
}

/** Whoever has no place in the root organization is not told apart from who does not exist. */
async function colleague(
  tx: Transaction,
  { rootOrganizationId }: Organization,
  { userId, login = '' }: { userId?: Id<'user'>; login?: string },
): Promise<Id<'user'>> {
  const name = login.includes('@') ? users.email : users.username
  const isMeant = userId ? eq(users.id, userId) : eq(sql`lower(${name})`, login.toLowerCase())
  const [person] = await tx
    .select({ id: users.id })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .where(
      and(
        isMeant,
        isNull(users.endedAt),
        isNull(users.deactivatedAt),
        eq(memberships.organizationId, rootOrganizationId),
        isNull(memberships.endedAt),
      ),
    )
  if (person) return person.id
  const sentence = userId
    ? 'Nobody of your organization has this ID. Invite people who are new to it.'
    : 'Nobody of your organization has this username or e-mail address.'
  throw new Refusal('invalid', sentence, { [userId ? 'userId' : 'login']: sentence })
}
