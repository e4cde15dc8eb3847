import { transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import type { UserActor } from '../permissions/actor.ts'
import { openActiveUser } from '../users/open-user.ts'
import { openLiveInvitation } from './open-invitation.ts'
import { recordAcceptance } from './record-acceptance.ts'
import { type AcceptInvitationInput, acceptInvitationSchema } from './schema.ts'

/**
 * Somebody with an account takes the place they were invited to. Holding the link shows that the invited address is
 * theirs, and the account must have that address. Good once, however many come at the same moment. Refuses a link that
 * leads nowhere any more, an account with another address, and an app that acts for the person.
 */
export async function acceptInvitation(
  actor: UserActor,
  input: AcceptInvitationInput,
): Promise<{ organizationId: Id<'organization'> }> {
  const { token } = parse(acceptInvitationSchema, input)
  if (actor.through) throw new Refusal('forbidden', 'Only the person themselves accepts an invitation.')
  return transaction(async (tx) => {
    const held = await openLiveInvitation(tx, token)
    const user = await openActiveUser(tx, actor.userId, 'userId')
    if (user.email.toLowerCase() !== held.invitation.email.toLowerCase()) {
      throw new Refusal(
        'forbidden',
        'This invitation is for another address than that of your account. Sign in with that account to join.',
      )
    }
    await recordAcceptance(tx, actor, held, user)
    return { organizationId: held.invitation.organizationId }
  })
}
