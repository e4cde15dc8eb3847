import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { Refusal } from '../../base/refusal.ts'
import type { User } from '../users/open-user.ts'
import { refuseOwner } from './refuse-owner.ts'

/**
 * Refuses to close the account of somebody who owns a root organization, wherever that is, or runs the deployment: both are
 * handed to somebody else first. The name of an organization that is not the person's home stays unsaid.
 */
export async function refuseOffice(tx: Database | Transaction, user: User): Promise<void> {
  const owned = await tx
    .select({ id: organizations.id, name: organizations.name, ownerId: organizations.ownerId })
    .from(organizations)
    .where(and(eq(organizations.ownerId, user.id), isNull(organizations.endedAt)))
  const home = owned.find((root) => root.id === user.homeOrganizationId)
  const shown = home ?? (owned[0] ? { ...owned[0], name: 'another organization' } : undefined)
  if (shown) refuseOwner(user, [shown])
  if (user.operatorSince === null) return
  const sentence = `${user.fullName} runs this deployment. Name another operator first.`
  throw new Refusal('conflict', sentence, { userId: sentence })
}
