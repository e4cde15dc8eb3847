import { requestIfAny } from '../../base/request-context.ts'
import { sessionIdInCookies } from '../../base/session-cookie.ts'
import { findSession, type LiveSession } from '../../domain/users/find-session.ts'

const PERSON = Symbol('signed-in person')

/** Who is signed in at this browser: the console's session is the only truth. Asked once per request. */
export function signedInPerson(cookieHeader: string | undefined): Promise<LiveSession | null> {
  const held = requestIfAny()?.lookedUp
  const known = held?.get(PERSON) as Promise<LiveSession | null> | undefined
  if (known) return known
  const asked = find(cookieHeader)
  held?.set(PERSON, asked)
  return asked
}

async function find(cookieHeader: string | undefined): Promise<LiveSession | null> {
  const sessionId = await sessionIdInCookies(cookieHeader)
  return sessionId ? findSession(sessionId) : null
}
