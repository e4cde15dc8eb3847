import type { Id } from '#lib/base/ids'
import { getMyAuthorization } from '#lib/domain/authorizations/get-my-authorization'
import { removeTokenFamily } from '#lib/domain/authorizations/remove-token-family'
import { signedInActor } from '#lib/gateways/console/actor'
import { answerForm } from '#lib/gateways/console/answer-form'
import { onWith } from '#lib/gateways/console/notice'
import { idsIn } from '../../../../../../ids-in.ts'
import { familyRemovalAct, stillAccepted } from '../../../removal-act.ts'

type Context = { params: Promise<{ authorizationId: string; familyId: string }> }

/** Ends one sign-in of an app that acts for the person, as on a lost device; what they allowed stands. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const { authorizationId, familyId } = await idsIn<{
    authorizationId: Id<'authorization'>
    familyId: Id<'tokenFamily'>
  }>(context.params)
  return answerForm(request, { act: familyRemovalAct(familyId), page: '/my-apps' }, async () => {
    const actor = await signedInActor()
    const { app } = await getMyAuthorization(actor, authorizationId)
    const { jwtsUntil } = await removeTokenFamily(actor, { authorizationId, familyId })
    return onWith('/my-apps', `One sign-in of ${app.name} is ended.${stillAccepted(jwtsUntil)}`)
  })
}
