import { changePassword } from '#lib/domain/users/change-password'
import { signedInActor } from '#lib/gateways/console/actor'
import { answerForm } from '#lib/gateways/console/answer-form'
import { onWith } from '#lib/gateways/console/notice'
import { CHANGE_PASSWORD } from '../../acts.ts'

export function POST(request: Request): Promise<Response> {
  return answerForm(request, { act: CHANGE_PASSWORD, page: '/account/password' }, async (form) => {
    await changePassword(await signedInActor(), {
      currentPassword: form.get('currentPassword'),
      newPassword: form.get('newPassword'),
    })
    return onWith('/account', 'Your password is changed, and every other browser is signed out.')
  })
}
