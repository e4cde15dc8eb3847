import type { Notice } from '#lib/gateways/console/notice'
import type { InteractionView } from '#lib/gateways/oauth/interaction-view'

/** One kind of view, with what every form of it needs. */
export type Asked<Kind extends InteractionView['kind']> = {
  view: Extract<InteractionView, { kind: Kind }>
  sessionId: string | null
  notice: Notice | null
}

/** The act of a form of this interaction: a token made for one interaction is worth nothing in another. */
export function actOf(uid: string, act: string): string {
  return `interaction ${uid} ${act}`
}
