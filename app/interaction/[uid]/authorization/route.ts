import { answerYes } from '#lib/gateways/oauth/interaction-answers'
import { answerInteraction, type Context } from '../answer-interaction.ts'

/** Records the yes to what the page showed, and goes on to the app. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answerInteraction(request, context, { act: 'answer' }, (atHand, form) =>
    answerYes(atHand, { rootOrganizationId: form.get('organizationId'), scopes: form.all('scope') }),
  )
}
