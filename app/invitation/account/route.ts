import { isId } from '#lib/base/ids'
import { visitor } from '#lib/base/visitor'
import { joinByInvitation } from '#lib/domain/people/join-by-invitation'
import { startSession } from '#lib/domain/users/start-session'
import { sessionIdAtHand } from '#lib/gateways/console/actor'
import { answerForm, seeOther } from '#lib/gateways/console/answer-form'
import { sessionCookie } from '#lib/gateways/console/sign-in'
import { actOf, invitationPath } from '../asked.ts'

/** Makes the account an invitation was waiting for, and signs its person in. The link is used up in the same transaction. */
export function POST(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams
  const token = query.get('token') ?? ''
  const page = query.get('account') === 'new' ? `${invitationPath(token)}&account=new` : invitationPath(token)
  const door = { act: actOf(token), page, keeps: ['fullName', 'username'] }
  return answerForm(request, door, async (form) => {
    const { userId } = await joinByInvitation(visitor(), {
      token,
      fullName: form.get('fullName'),
      username: form.get('username'),
      password: form.get('password'),
    })
    const formerSessionId = await sessionIdAtHand()
    const session = await startSession(visitor(), {
      userId,
      authenticationMethods: ['pwd'],
      formerSessionId: isId('session', formerSessionId) ? formerSessionId : null,
    })
    return seeOther('/', await sessionCookie(session.sessionId, session.expiresAt))
  })
}
