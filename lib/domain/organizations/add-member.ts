import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { check } from '../permissions/check.ts'
import { openActiveUser } from '../users/open-user.ts'
import { type Organization, openOrganization } from './open-organization.ts'
import { hasPlace, recordPlace } from './record-place.ts'
import { type AddMemberInput, addMemberSchema } from './schema.ts'

/**
 * Gives a person a role in an organization the actor administers, and a developer their quota of apps. A place in a
 * business group needs one in its root: an administrator of the root makes both at once, an administrator of the group
 * alone can only take in who is already there. Refuses a second place in the same organization, and a username or
 * address that nobody of the root organization has.
 */
export async function addMember(
  actor: Actor,
  input: AddMemberInput,
): Promise<{ membershipId: Id<'membership'>; userId: Id<'user'> }> {
  const { organizationId, role, appsMax, ...who } = parse(addMemberSchema, input)
  return transaction(async (tx) => {
    const organization = await openOrganization(tx, actor, organizationId, 'organizations.add-member')
    const { rootOrganizationId } = organization
    const userId = who.userId ?? (await colleagueCalled(tx, organization, who.login ?? ''))
    const user = await openActiveUser(tx, userId, 'userId')
    if (organizationId !== rootOrganizationId && !(await hasPlace(tx, userId, rootOrganizationId))) {
      // Somebody new to the whole tree.
      const root = { organizationId: rootOrganizationId, rootOrganizationId }
      await check(tx, actor, 'organizations.add-member', root)
    }
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
async function colleagueCalled(
  tx: Transaction,
  { rootOrganizationId }: Organization,
  login: string,
): Promise<Id<'user'>> {
  const name = login.includes('@') ? users.email : users.username
  const [person] = await tx
    .select({ id: users.id })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .where(
      and(
        eq(sql`lower(${name})`, login.toLowerCase()),
        isNull(users.endedAt),
        isNull(users.deactivatedAt),
        eq(memberships.organizationId, rootOrganizationId),
        isNull(memberships.endedAt),
      ),
    )
  if (person) return person.id
  const sentence = 'Nobody of your organization has this username or e-mail address.'
  throw new Refusal('invalid', sentence, { login: sentence })
}
