import { visitor } from '#lib/base/visitor'
import { resetPassword } from '#lib/domain/users/reset-password'
import { answerForm, seeOther } from '#lib/gateways/console/answer-form'

/** Sets the password that whoever holds a mailed link chose; then they sign in with it, whoever this browser knows. */
export function POST(request: Request): Promise<Response> {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const page = `/reset-password?token=${encodeURIComponent(token)}`
  return answerForm(request, { act: 'reset-password', page }, async (form) => {
    await resetPassword(visitor(), { token, newPassword: form.get('newPassword') })
    return seeOther('/sign-in?account=another&after=new-password')
  })
}
