import type { InvitationShown } from '#lib/domain/people/find-invitation'
import type { Notice } from '#lib/gateways/console/notice'

/** What each of the pages behind an invitation's link needs. */
export type Asked = {
  token: string
  invitation: InvitationShown
  sessionId: string | null
  notice: Notice | null
}

/** The page of an invitation's link. */
export function invitationPath(token: string): string {
  return `/invitation?token=${encodeURIComponent(token)}`
}

/** The act of a form of this invitation: a token made for one is worth nothing for another. */
export function actOf(token: string): string {
  return `invitation ${token}`
}
