import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { memberships, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record, recordEach } from '../audit/record.ts'
import { leaveGroups } from '../people/leave-groups.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { endSessions } from '../users/end-sessions.ts'
import { moveApps } from './move-apps.ts'
import { type Account, openAccount } from './open-account.ts'
import { refuseOffice } from './refuse-office.ts'
import { type DeleteUserInput, deleteUserSchema } from './schema.ts'

/**
 * Deletes an account for good: it ends with its password, its places in every organization, its sessions and all
 * that the person authorized, and every app they own moves to the owner of its root organization. Username and e-mail
 * address are free again. It cannot be undone, so the person's username confirms whose it is. Refuses anybody but
 * administrators of the person's home root organization, and to delete the owner of a root organization or an operator.
 */
export async function deleteUser(actor: Actor, input: DeleteUserInput): Promise<{ movedApps: number }> {
  const { userId, confirmation } = parse(deleteUserSchema, input)
  return transaction(async (tx) => {
    const account = await openAccount(tx, actor, userId, 'users.delete')
    const { user } = account
    await refuseOffice(tx, user)
    if (confirmation.trim() !== user.username) {
      const sentence = `Type ${user.username} to delete the account.`
      throw new Refusal('invalid', sentence, { confirmation: sentence })
    }
    await tx
      .update(users)
      .set({ endedAt: sql`now()`, endedReason: 'deleted', passwordHash: null })
      .where(eq(users.id, userId))
    await endSessions(tx, userId, 'account-ended')
    await endPlaces(tx, actor, account)
    await record(tx, actor, {
      name: 'user.deleted',
      rootOrganizationId: user.homeOrganizationId,
      subject: { id: userId, name: user.fullName },
    })
    const leaving = { userId, trigger: 'account-ended' } as const
    return { movedApps: await moveApps(tx, actor, leaving) }
  })
}

/** Each root organization reads in its own audit log that the person left it. */
async function endPlaces(tx: Transaction, actor: Actor, { user, places }: Account): Promise<void> {
  if (places.length === 0) return
  await tx
    .update(memberships)
    .set({ endedAt: sql`now()`, endedBy: personOf(actor), endedReason: 'account-ended' })
    .where(and(eq(memberships.userId, user.id), isNull(memberships.endedAt)))
  const rootIds = [...new Set(places.map((place) => place.rootOrganizationId))]
  await leaveGroups(tx, user.id, rootIds)
  const roots = await tx
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(inArray(organizations.id, rootIds))
  await recordEach(
    tx,
    actor,
    roots.map((root) => ({
      name: 'membership.ended',
      rootOrganizationId: root.id,
      subject: { id: user.id, name: user.fullName },
      details: {
        organizationName: root.name,
        places: places
          .filter((place) => place.rootOrganizationId === root.id)
          .map(({ organizationId, role }) => ({ organizationId, role })),
      },
    })),
  )
}
