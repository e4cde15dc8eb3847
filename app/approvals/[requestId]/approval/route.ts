import type { Id } from '#lib/base/ids'
import { Refusal } from '#lib/base/refusal'
import { approveRequest } from '#lib/domain/allowlist/approve-request'
import { currentActor } from '#lib/gateways/console/actor'
import { answerForm, seeOther } from '#lib/gateways/console/answer-form'
import { approvalAct } from '../approval-act.ts'

type Context = { params: Promise<{ requestId: string }> }

/** Puts the app on the allowlist for the scopes that were left chosen; the page then says so. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const { requestId } = await context.params
  const page = `/approvals/${encodeURIComponent(requestId)}`
  return answerForm(request, { act: approvalAct(requestId), page }, async (form) => {
    const actor = await currentActor()
    if (!actor) throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on.')
    await approveRequest(actor, {
      requestId: requestId as Id<'approvalRequest'>,
      scopes: form.all('scope'),
      expectedAppVersion: Number(form.get('appVersion')),
    })
    return seeOther(page)
  })
}
