import { sessionCookieOptions } from '../../base/session-cookie.ts'

/**
 * What the authorization server's cookies are called. Over https their names bind them to this very origin, as far as their
 * paths let them, so that no sibling domain can plant one: whoever knew a session's form token could connect a device.
 */
export function cookieNames(): { session: string; interaction: string; resume: string } {
  const { secure } = sessionCookieOptions()
  const ofPath = secure ? '__Secure-' : ''
  return {
    session: `${secure ? '__Host-' : ''}gatehouse.oauth`,
    interaction: `${ofPath}gatehouse.interaction`,
    resume: `${ofPath}gatehouse.resume`,
  }
}
