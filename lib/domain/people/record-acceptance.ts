import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { invitations } from '#db/schema/people'
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
  await recordPlace(tx, actor, { organization, person, role, appsMax })
}
