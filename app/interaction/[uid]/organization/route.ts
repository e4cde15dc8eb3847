import { answerOrganization } from '#lib/gateways/oauth/interaction-answers'
import { answerInteraction, type Context } from '../answer-interaction.ts'

/** Goes on with the organization the person chose. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answerInteraction(request, context, { act: 'organization' }, (atHand, form) =>
    answerOrganization(atHand, form.get('organizationId')),
  )
}
