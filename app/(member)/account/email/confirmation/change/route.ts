import { confirmEmailChange } from '#lib/domain/users/confirm-email-change'
import { signedInActor } from '#lib/gateways/console/actor'
import { answerForm } from '#lib/gateways/console/answer-form'
import { onWith } from '#lib/gateways/console/notice'
import { CONFIRM_EMAIL_CHANGE } from '../../../acts.ts'

export function POST(request: Request): Promise<Response> {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const page = `/account/email/confirmation?token=${encodeURIComponent(token)}`
  return answerForm(request, { act: CONFIRM_EMAIL_CHANGE, page }, async () => {
    const { email } = await confirmEmailChange(await signedInActor(), { token })
    return onWith('/account', `Your e-mail address is ${email} now.`)
  })
}
