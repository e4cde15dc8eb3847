import { endSession } from '#lib/domain/users/end-session'
import { currentActor } from '#lib/gateways/console/actor'
import { answerForm, seeOther } from '#lib/gateways/console/answer-form'
import { endedSessionCookie } from '#lib/gateways/console/sign-in'

/** Ends the session of this browser, for the console and for the authorization server alike. */
export function POST(request: Request): Promise<Response> {
  return answerForm(request, { act: 'sign-out', page: '/sign-out' }, async () => {
    const actor = await currentActor()
    if (actor?.sessionId) await endSession(actor, { sessionId: actor.sessionId })
    return seeOther('/sign-in', endedSessionCookie())
  })
}
