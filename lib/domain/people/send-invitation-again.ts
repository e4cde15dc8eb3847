import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { invitations } from '#db/schema/people'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { hashToken } from '../../base/secrets.ts'
import { record } from '../audit/record.ts'
import { queueMail } from '../mail/queue-mail.ts'
import { refuseRoleAbove } from '../organizations/refuse-role-above.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { nameOf, refuseFlood } from './invitation-limits.ts'
import { invitationMail } from './invitation-mail.ts'
import { invitationLink, newInvitationToken } from './invitation-tokens.ts'
import { openInvitation } from './open-invitation.ts'
import { INVITATION_DAYS, type InvitationInput, invitationSchema } from './schema.ts'

/**
 * Sends an open invitation once more, with a new link for another seven days; the old link is dead. It is the new
 * sender's from then on. Refuses one that was accepted or withdrawn, and a fourth mail to one address within a day.
 */
export async function sendInvitationAgain(
  actor: Actor,
  input: InvitationInput,
): Promise<{ invitationId: Id<'invitation'>; expiresAt: Date }> {
  const { invitationId } = parse(invitationSchema, input)
  return transaction(async (tx) => {
    const { invitation, organization } = await openInvitation(tx, actor, invitationId)
    const { email, role, rootOrganizationId, organizationId } = invitation
    if (invitation.acceptedAt) throw new Refusal('conflict', `${email} has accepted the invitation already.`)
    if (invitation.endedAt || organization.endedAt) {
      throw new Refusal('conflict', 'This invitation was withdrawn. Invite the person anew.')
    }
    await refuseRoleAbove(tx, actor, role, organizationId)
    await refuseFlood(tx, rootOrganizationId, [email])
    const token = newInvitationToken()
    const [sent] = await tx
      .update(invitations)
      .set({
        tokenHash: hashToken(token),
        invitedBy: personOf(actor),
        invitedByAppId: actor.kind === 'app' ? actor.appId : null,
        expiresAt: sql`now() + make_interval(days => ${INVITATION_DAYS})`,
      })
      .where(eq(invitations.id, invitationId))
      .returning({ invitationId: invitations.id, expiresAt: invitations.expiresAt })
    if (!sent) throw new Error('An invitation is never deleted.')
    const mail = invitationMail({
      email,
      role,
      organizationName: organization.name,
      rootName: organizationId === rootOrganizationId ? null : await nameOf(tx, rootOrganizationId),
      senderName: actor.kind === 'user' ? actor.name : null,
      link: invitationLink(token),
    })
    await queueMail(tx, { ...mail, rootOrganizationId })
    await record(tx, actor, {
      name: 'invitation.sent-again',
      rootOrganizationId,
      organizationId,
      subject: { id: invitationId, name: email },
      details: { organizationName: organization.name, role },
    })
    return sent
  })
}
