import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { invitations } from '#db/schema/people'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { openInvitation } from './open-invitation.ts'
import { type InvitationInput, invitationSchema } from './schema.ts'

/**
 * Takes an open invitation back: its link leads nowhere from then on. Withdrawing twice changes nothing. Refuses one
 * that was accepted: the person is removed instead.
 */
export async function withdrawInvitation(actor: Actor, input: InvitationInput): Promise<void> {
  const { invitationId } = parse(invitationSchema, input)
  await transaction(async (tx) => {
    const { invitation, organization } = await openInvitation(tx, actor, invitationId)
    const { email, rootOrganizationId, organizationId, role } = invitation
    if (invitation.acceptedAt) {
      throw new Refusal(
        'conflict',
        `${email} has accepted the invitation already. Remove the person instead.`,
      )
    }
    if (invitation.endedAt) return
    await tx
      .update(invitations)
      .set({ endedAt: sql`now()`, endedBy: personOf(actor) })
      .where(eq(invitations.id, invitationId))
    await record(tx, actor, {
      name: 'invitation.withdrawn',
      rootOrganizationId,
      organizationId,
      subject: { id: invitationId, name: email },
      details: { organizationName: organization.name, role },
    })
  })
}
