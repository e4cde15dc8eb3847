import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { invitations } from '#db/schema/people'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import { record } from '../audit/record.ts'
import type { Organization } from '../organizations/open-organization.ts'
import { hasPlace, recordPlace } from '../organizations/record-place.ts'
import type { UserActor } from '../permissions/actor.ts'
import type { Invitation } from './open-invitation.ts'

/**
 * Uses up an invitation that is held: the person has the place from now on, by their own act. Somebody who was given one
 * there meanwhile keeps that, as it is.
 */
export async function recordAcceptance(
  tx: Transaction,
  actor: UserActor,
  { invitation, organization }: { invitation: Invitation; organization: Organization },
  person: { id: Id<'user'>; fullName: string },
): Promise<void> {
  const { id, email, role, appsMax, organizationId, rootOrganizationId } = invitation
  await tx
    .update(invitations)
    .set({ acceptedAt: sql`now()`, acceptedBy: person.id })
    .where(eq(invitations.id, id))
  await record(tx, actor, {
    name: 'invitation.accepted',
    rootOrganizationId,
    organizationId,
    subject: { id, name: email },
    details: { organizationName: organization.name, role },
  })
  if (await hasPlace(tx, person.id, organizationId)) return
  const inviter = await inviterOf(tx, invitation)
  await recordPlace(tx, actor, { organization, person, role, appsMax, inviter })
}

/** The name of who sent it last: a person, an app, or the process itself. */
async function inviterOf(tx: Transaction, { invitedBy, invitedByAppId }: Invitation): Promise<string> {
  const [row] = invitedBy
    ? await tx.select({ name: users.fullName }).from(users).where(eq(users.id, invitedBy))
    : invitedByAppId
      ? await tx
          .select({ name: connectedApps.name })
          .from(connectedApps)
          .where(eq(connectedApps.id, invitedByAppId))
      : []
  return row?.name ?? 'Gatehouse'
}
