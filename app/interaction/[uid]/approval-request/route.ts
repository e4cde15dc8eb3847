import { isId } from '#lib/base/ids'
import { Refusal } from '#lib/base/refusal'
import { requestApproval } from '#lib/domain/allowlist/request-approval'
import { currentActor } from '#lib/gateways/console/actor'
import { answerInteraction, type Context } from '../answer-interaction.ts'

/** Makes the person's draft a request, with their reason; the page then says that it waits. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answerInteraction(
    request,
    context,
    { act: 'request', keeps: ['reason'] },
    async ({ interaction }, form) => {
      const actor = await currentActor()
      if (!actor) throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on.')
      const requestId = form.get('requestId')
      if (!isId('approvalRequest', requestId)) throw new Refusal('invalid', 'That is no request.')
      await requestApproval(actor, {
        requestId,
        reason: form.get('reason'),
        seen: { name: form.get('appName'), publisher: form.get('publisher') },
        interaction: interaction.uid,
      })
      return `/interaction/${interaction.uid}`
    },
  )
}
