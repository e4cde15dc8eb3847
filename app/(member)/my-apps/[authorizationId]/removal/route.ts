import { leastText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import { getMyAuthorization } from '#lib/domain/authorizations/get-my-authorization'
import { removeAuthorization } from '#lib/domain/authorizations/remove-authorization'
import { signedInActor } from '#lib/gateways/console/actor'
import { answerForm } from '#lib/gateways/console/answer-form'
import { onWith } from '#lib/gateways/console/notice'
import { idsIn } from '../../../../ids-in.ts'
import { removalAct, stillAccepted } from '../removal-act.ts'

type Context = { params: Promise<{ authorizationId: string }> }

/** Removes one of the person's own authorizations, and tells on My apps what ended. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const { authorizationId } = await idsIn<{ authorizationId: Id<'authorization'> }>(context.params)
  const page = `/my-apps/${encodeURIComponent(authorizationId)}`
  return answerForm(request, { act: removalAct(authorizationId), page }, async () => {
    const actor = await signedInActor()
    const { app } = await getMyAuthorization(actor, authorizationId)
    const { tokens, isExact, jwtsUntil } = await removeAuthorization(actor, { authorizationId })
    const ended =
      tokens === 0
        ? ''
        : tokens === 1
          ? ' One token was ended.'
          : ` ${leastText(tokens, isExact)} tokens were ended.`
    return onWith('/my-apps', `${app.name} no longer acts for you.${ended}${stillAccepted(jwtsUntil)}`)
  })
}
