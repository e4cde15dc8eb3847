import { isId } from '#lib/base/ids'
import { Refusal } from '#lib/base/refusal'
import { withdrawRequest } from '#lib/domain/allowlist/withdraw-request'
import { currentActor } from '#lib/gateways/console/actor'
import { answerInteraction, type Context } from '../answer-interaction.ts'

/** The person waits no longer for what they asked; the page then offers to ask again. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answerInteraction(request, context, { act: 'withdraw' }, async ({ interaction }, form) => {
    const actor = await currentActor()
    if (!actor) throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on.')
    const requestId = form.get('requestId')
    if (!isId('approvalRequest', requestId)) throw new Refusal('invalid', 'That is no request.')
    await withdrawRequest(actor, { requestId })
    return `/interaction/${interaction.uid}`
  })
}
