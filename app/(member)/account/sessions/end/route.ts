import type { Id } from '#lib/base/ids'
import { endOtherSessions } from '#lib/domain/users/end-other-sessions'
import { endSession } from '#lib/domain/users/end-session'
import { signedInActor } from '#lib/gateways/console/actor'
import { answerForm } from '#lib/gateways/console/answer-form'
import { onWith } from '#lib/gateways/console/notice'
import { END_SESSION } from '../../acts.ts'

/** Signs the person out of one of their other browsers, or of all of them. */
export function POST(request: Request): Promise<Response> {
  return answerForm(request, { act: END_SESSION, page: '/account' }, async (form) => {
    const actor = await signedInActor()
    const which = form.get('which')
    if (which !== 'others') {
      await endSession(actor, { sessionId: which as Id<'session'> })
      return onWith('/account', 'That browser is signed out.')
    }
    const { ended } = await endOtherSessions(actor)
    return onWith(
      '/account',
      ended === 1 ? 'One other browser is signed out.' : `${ended} other browsers are signed out.`,
    )
  })
}
