import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { memberships, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import type { User } from '../users/open-user.ts'
import { checkAccount } from './check-account.ts'
import type { Membership } from './open-member.ts'

export type Account = {
  user: User
  /** All the places the person has, in any tree. */
  places: Membership[]
}

/**
 * The only way to hold an account in order to change or end it: asks for the permission, then holds each tree in which the
 * person has a place, the account, and these places, until the transaction ends. Always this order, which whoever
 * gives a person a place keeps too. Refuses, to be tried again, when somebody gives them one elsewhere meanwhile.
 */
export async function openAccount(
  tx: Transaction,
  actor: Actor,
  userId: Id<'user'>,
  permission: Permission,
): Promise<Account> {
  await checkAccount(tx, actor, userId, permission)
  const trees = await holdTrees(tx, userId)
  // A session may not begin for this person meanwhile; rows that only refer to them may be written.
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update')
  // Whoever waited may have lost the right meanwhile, or the account may have ended.
  const user = await checkAccount(tx, actor, userId, permission)
  const places = await tx
    .select()
    .from(memberships)
    .where(and(eq(memberships.userId, userId), isNull(memberships.endedAt)))
    .orderBy(asc(memberships.id))
    .for('no key update')
  if (places.every((place) => trees.has(place.rootOrganizationId))) return { user, places }
  throw new Refusal('conflict', `${user.fullName} has just been given a place elsewhere. Try again.`)
}

/** In the order of their ids, so that two who hold several never wait for each other. */
async function holdTrees(tx: Transaction, userId: Id<'user'>): Promise<Set<Id<'organization'>>> {
  const ids = tx
    .select({ id: memberships.rootOrganizationId })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), isNull(memberships.endedAt)))
  const rows = await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(inArray(organizations.id, ids))
    .orderBy(asc(organizations.id))
    .for('no key update')
  return new Set(rows.map(({ id }) => id))
}
