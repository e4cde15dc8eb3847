import { Refusal } from '#lib/base/refusal'
import { acceptInvitation } from '#lib/domain/people/accept-invitation'
import { currentActor } from '#lib/gateways/console/actor'
import { answerForm, seeOther } from '#lib/gateways/console/answer-form'
import { landingOf } from '#lib/gateways/console/landing'
import { actOf, invitationPath } from '../asked.ts'

/** Gives the place to whoever is signed in with the invited address, and sends them to where their work lies. */
export function POST(request: Request): Promise<Response> {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  return answerForm(request, { act: actOf(token), page: invitationPath(token) }, async () => {
    const actor = await currentActor()
    if (!actor) throw new Refusal('unauthenticated', 'You are signed out. Sign in again to join.')
    await acceptInvitation(actor, { token })
    return seeOther(await landingOf(actor))
  })
}
