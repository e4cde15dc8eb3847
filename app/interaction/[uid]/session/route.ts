import { signIn } from '#lib/gateways/console/sign-in'
import { answerSignIn } from '#lib/gateways/oauth/interaction-answers'
import { answerInteraction, type Context } from '../answer-interaction.ts'

/** Signs the person in, for the console too, and goes on with the app. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answerInteraction(request, context, { act: 'sign-in', keeps: ['login'] }, async (atHand, form) => {
    const { userId, cookie } = await signIn(atHand.cookie, {
      login: form.get('login'),
      password: form.get('password'),
    })
    return { location: await answerSignIn(atHand, userId), cookie }
  })
}
