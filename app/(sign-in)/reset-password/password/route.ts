import { visitor } from '#lib/base/visitor'
import { resetPassword } from '#lib/domain/users/reset-password'
import { answerForm, seeOther } from '#lib/gateways/console/answer-form'
import { endedSessionCookie } from '#lib/gateways/console/sign-in'

/** Sets the password that whoever holds a mailed link chose; then they sign in with it. */
export function POST(request: Request): Promise<Response> {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const page = `/reset-password?token=${encodeURIComponent(token)}`
  return answerForm(request, { act: 'reset-password', page }, async (form) => {
    await resetPassword(visitor(), { token, newPassword: form.get('newPassword') })
    return seeOther('/sign-in?after=new-password', endedSessionCookie())
  })
}
