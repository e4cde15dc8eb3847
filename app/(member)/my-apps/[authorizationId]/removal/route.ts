import { leastText } from '#lib/base/bounded-count'
import type { Id } from '#lib/base/ids'
import { Refusal } from '#lib/base/refusal'
import { getMyAuthorization } from '#lib/domain/authorizations/get-my-authorization'
import { removeAuthorization } from '#lib/domain/authorizations/remove-authorization'
import { currentActor } from '#lib/gateways/console/actor'
import { answerForm } from '#lib/gateways/console/answer-form'
import { backWith } from '#lib/gateways/console/notice'
import { idsIn } from '../../../../ids-in.ts'
import { removalAct } from '../removal-act.ts'

type Context = { params: Promise<{ authorizationId: string }> }

/** Removes one of the person's own authorizations, and tells on My apps what ended. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const { authorizationId } = await idsIn<{ authorizationId: Id<'authorization'> }>(context.params)
  const page = `/my-apps/${encodeURIComponent(authorizationId)}`
  return answerForm(request, { act: removalAct(authorizationId), page }, async () => {
    const actor = await currentActor()
    if (!actor) throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on.')
    const { app } = await getMyAuthorization(actor, authorizationId)
    const { tokens, isExact } = await removeAuthorization(actor, { authorizationId })
    const ended =
      tokens === 0
        ? ''
        : tokens === 1
          ? ' One token was ended.'
          : ` ${leastText(tokens, isExact)} tokens were ended.`
    return backWith('/my-apps', {
      sentence: `${app.name} no longer acts for you.${ended}`,
      fields: {},
      typed: {},
    })
  })
}
