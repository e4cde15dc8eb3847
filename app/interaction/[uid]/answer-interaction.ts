import { answerForm, seeOther } from '#lib/gateways/console/answer-form'
import type { Form } from '#lib/gateways/console/read-form'
import { type AtHand, interactionAtHand } from '#lib/gateways/oauth/interaction-at-hand'
import { actOf } from './asked.ts'

export type Context = { params: Promise<{ uid: string }> }

/** Answers one form of an interaction; a refusal, or an interaction that is gone, leads back to its page. */
export async function answerInteraction(
  request: Request,
  context: Context,
  door: { act: string; keeps?: readonly string[] },
  work: (atHand: AtHand, form: Form) => Promise<string | { location: string; cookie: string }>,
): Promise<Response> {
  const { uid } = await context.params
  const isSwitching = new URL(request.url).searchParams.get('account') === 'another'
  const page = `/interaction/${encodeURIComponent(uid)}`
  const back = isSwitching ? `${page}?account=another` : page
  return answerForm(request, { act: actOf(uid, door.act), page: back, keeps: door.keeps }, async (form) => {
    const atHand = await interactionAtHand(request.headers.get('cookie') ?? '', uid)
    if (!atHand) return seeOther(page)
    const answered = await work(atHand, form)
    return typeof answered === 'string' ? seeOther(answered) : seeOther(answered.location, answered.cookie)
  })
}
