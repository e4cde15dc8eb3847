import { answerForm, seeOther } from '#lib/gateways/console/answer-form'
import { pathWithin } from '#lib/gateways/console/path-within'
import { signIn } from '#lib/gateways/console/sign-in'

/** Signs a person in from the plain form of `/sign-in`, and sends them where they were going. */
export function POST(request: Request): Promise<Response> {
  const returnTo = pathWithin(new URL(request.url).searchParams.get('returnTo'))
  const page = returnTo ? `/sign-in?returnTo=${encodeURIComponent(returnTo)}` : '/sign-in'
  return answerForm(request, { act: 'sign-in', page, keeps: ['login'] }, async (form) => {
    const signedIn = await signIn(request.headers.get('cookie'), {
      login: form.get('login'),
      password: form.get('password'),
    })
    return seeOther(returnTo ?? '/', signedIn.cookie)
  })
}
