import { answerNo } from '#lib/gateways/oauth/interaction-answers'
import { answerInteraction, type Context } from '../answer-interaction.ts'

/** Goes back to the app with nothing. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answerInteraction(request, context, { act: 'answer' }, (atHand) => answerNo(atHand))
}
