import { cookies } from 'next/headers'
import type { Id } from '#lib/base/ids'
import { Refusal } from '#lib/base/refusal'
import { approveRequest } from '#lib/domain/allowlist/approve-request'
import { currentActor } from '#lib/gateways/console/actor'
import { answerForm, seeOther } from '#lib/gateways/console/answer-form'
import { timeZoneFrom } from '../../../../components/shell/preferences.ts'
import { approvalAct } from '../approval-act.ts'
import { limitsIn } from './limits-in.ts'

type Context = { params: Promise<{ requestId: string }> }

/** Puts the app on the allowlist for the scopes that were left chosen; the page then says so. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const { requestId } = await context.params
  const page = `/approvals/${encodeURIComponent(requestId)}`
  const door = {
    act: approvalAct(requestId),
    page,
    keeps: ['ends', 'endsOn', 'groupId', 'openToEveryone'],
    keepsEach: ['scope'],
  }
  return answerForm(request, door, async (form) => {
    const actor = await currentActor()
    if (!actor) throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on.')
    const timeZone = timeZoneFrom((await cookies()).get('time-zone')?.value)
    const { groupId, ...limits } = limitsIn(form, timeZone)
    await approveRequest(actor, {
      requestId: requestId as Id<'approvalRequest'>,
      scopes: form.all('scope'),
      expectedAppVersion: Number(form.get('appVersion')),
      // As the page said: only where it was drawn as blocked.
      alsoUnblock: form.get('alsoUnblock') === 'true',
      groupId: groupId as Id<'group'> | null,
      ...limits,
    })
    return seeOther(page)
  })
}
