import { and, eq, isNull } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { memberships, organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { openActiveUser, type User } from '../users/open-user.ts'
import { type TransferRootOwnershipInput, transferRootOwnershipSchema } from './schema.ts'

/**
 * The owner of a root organization hands it to another of its administrators; from then on apps of people who leave go
 * to them. The former owner stays an administrator, and every app stays with its owner. Only the new owner can hand it
 * back, so the organization's name confirms it. Refuses anybody but the owner, an app acting for itself, and a new owner
 * who does not administer the root organization itself.
 */
export async function transferRootOwnership(actor: Actor, input: TransferRootOwnershipInput): Promise<void> {
  const { rootOrganizationId, newOwnerId, confirmation } = parse(transferRootOwnershipSchema, input)
  await transaction(async (tx) => {
    const { root, owner } = await openOwnRoot(tx, actor, rootOrganizationId)
    if (confirmation.trim() !== root.name) {
      const sentence = `Type ${root.name} to hand it over.`
      throw new Refusal('invalid', sentence, { confirmation: sentence })
    }
    const newOwner = await openAdministrator(tx, newOwnerId, root.id)
    if (newOwner.id === owner.id) throw refused(`${owner.fullName} owns ${root.name} already.`)
    await tx.update(organizations).set({ ownerId: newOwner.id }).where(eq(organizations.id, root.id))
    await record(tx, actor, {
      name: 'organization.owner-changed',
      rootOrganizationId: root.id,
      subject: { id: root.id, name: root.name },
      details: {
        changed: { ownerId: { before: owner.id, after: newOwner.id } },
        previousOwner: owner.fullName,
        newOwner: newOwner.fullName,
      },
    })
  })
}

/** Asked again once the organization is held: whoever waited for another transfer sees who owns it now. */
async function openOwnRoot(tx: Transaction, actor: Actor, rootOrganizationId: Id<'organization'>) {
  await findOwnRoot(tx, actor, rootOrganizationId)
  await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, rootOrganizationId))
    .for('no key update')
  return findOwnRoot(tx, actor, rootOrganizationId)
}

async function findOwnRoot(tx: Transaction, actor: Actor, rootOrganizationId: Id<'organization'>) {
  const [found] = await tx
    .select({
      root: { id: organizations.id, name: organizations.name },
      owner: { id: users.id, fullName: users.fullName },
    })
    .from(organizations)
    .innerJoin(users, eq(users.id, organizations.ownerId))
    .where(
      and(
        eq(organizations.id, rootOrganizationId),
        isNull(organizations.parentId),
        isNull(organizations.endedAt),
      ),
    )
  if (!found) throw await absentOrganization(tx, actor)
  const place = { organizationId: rootOrganizationId, rootOrganizationId, rootOwnerId: found.owner.id }
  await checkOrganization(tx, actor, 'organizations.transfer-ownership', place)
  return found
}

async function openAdministrator(
  tx: Transaction,
  userId: Id<'user'>,
  rootOrganizationId: Id<'organization'>,
): Promise<User> {
  const user = await openActiveUser(tx, userId, 'newOwnerId')
  const [place] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.userId, userId),
        eq(memberships.organizationId, rootOrganizationId),
        eq(memberships.role, 'administrator'),
        isNull(memberships.endedAt),
      ),
    )
    .for('share')
  if (place) return user
  throw refused('The owner administers the organization. This person does not.')
}

function refused(sentence: string): Refusal {
  return new Refusal('invalid', sentence, { newOwnerId: sentence })
}
