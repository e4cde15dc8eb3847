import { requestEmailChange } from '#lib/domain/users/request-email-change'
import { signedInActor } from '#lib/gateways/console/actor'
import { answerForm } from '#lib/gateways/console/answer-form'
import { onWith } from '#lib/gateways/console/notice'
import { REQUEST_EMAIL_CHANGE } from '../../acts.ts'

/** Has a link mailed to the new address. Whether somebody else has that address is not told here. */
export function POST(request: Request): Promise<Response> {
  const door = { act: REQUEST_EMAIL_CHANGE, page: '/account/email', keeps: ['email'] }
  return answerForm(request, door, async (form) => {
    const email = form.get('email')
    await requestEmailChange(await signedInActor(), { email, password: form.get('password') })
    return onWith('/account', `A link is on its way to ${email.trim()}. Open it at this browser.`)
  })
}
