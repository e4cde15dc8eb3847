import { changeName } from '#lib/domain/users/change-name'
import { signedInActor } from '#lib/gateways/console/actor'
import { answerForm } from '#lib/gateways/console/answer-form'
import { onWith } from '#lib/gateways/console/notice'
import { CHANGE_NAME } from '../../acts.ts'

export function POST(request: Request): Promise<Response> {
  const door = { act: CHANGE_NAME, page: '/account/name', keeps: ['fullName'] }
  return answerForm(request, door, async (form) => {
    await changeName(await signedInActor(), { fullName: form.get('fullName') })
    return onWith('/account', 'Your name is changed.')
  })
}
