import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { memberships } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentTo } from '../permissions/check.ts'
import { DEPLOYMENT } from '../permissions/deployment.ts'
import { may } from '../permissions/may.ts'
import { standingOf } from '../permissions/standing.ts'
import type { User } from '../users/open-user.ts'

/**
 * The account, if the actor may do this with it. That is asked in the person's home root organization alone. Whoever
 * administers an organization where the person has a place sees them, and hears that their home decides; to anybody
 * else a person is absent.
 */
export async function checkAccount(
  tx: Database | Transaction,
  actor: Actor,
  userId: Id<'user'>,
  permission: Permission,
): Promise<User> {
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.endedAt)))
  if (!user) throw await absentTo(tx, actor, ABSENT)
  const home = user.homeOrganizationId
  const place = home ? { organizationId: home, rootOrganizationId: home } : DEPLOYMENT
  const standing = await standingOf(tx, actor, place.organizationId)
  if (may(actor, permission, place, standing)) return user
  if (!(await seesPerson(tx, actor, userId))) throw await absentTo(tx, actor, ABSENT)
  throw new Refusal('forbidden', 'Only administrators of the person’s home organization may do this.')
}

const ABSENT = 'There is no such person here.'

async function seesPerson(tx: Database | Transaction, actor: Actor, userId: Id<'user'>): Promise<boolean> {
  const places = await tx
    .select({
      organizationId: memberships.organizationId,
      rootOrganizationId: memberships.rootOrganizationId,
    })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), isNull(memberships.endedAt)))
  for (const place of places) {
    const standing = await standingOf(tx, actor, place.organizationId)
    if (may(actor, 'organizations.list-people', place, standing)) return true
  }
  return false
}
