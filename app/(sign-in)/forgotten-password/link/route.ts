import { visitor } from '#lib/base/visitor'
import { requestPasswordReset } from '#lib/domain/users/request-password-reset'
import { answerForm, seeOther } from '#lib/gateways/console/answer-form'

/** Has a link mailed to whoever forgot their password, if there is such an account: the answer is one and the same. */
export function POST(request: Request): Promise<Response> {
  const door = { act: 'forgotten-password', page: '/forgotten-password', keeps: ['login'] }
  return answerForm(request, door, async (form) => {
    await requestPasswordReset(visitor(), { login: form.get('login') })
    return seeOther('/forgotten-password/sent')
  })
}
