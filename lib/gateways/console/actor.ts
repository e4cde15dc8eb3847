import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { Refusal } from '../../base/refusal.ts'
import { requestIfAny } from '../../base/request-context.ts'
import { openSession, sessionCookieName } from '../../base/session-cookie.ts'
import { visitor } from '../../base/visitor.ts'
import type { UserActor } from '../../domain/permissions/actor.ts'
import { findSession, type LiveSession } from '../../domain/users/find-session.ts'
import { actorOfSession } from '../../domain/users/session-actor.ts'
import { forErrorPage, signInPath } from './refuse.ts'

/**
 * The session id in this browser's cookie, whether or not that session still lives: what the form tokens of pages for
 * signed-out people are made with. A form is read by the cookie too, so whoever's session ended can sign in anew.
 */
export const sessionIdAtHand = cache(async (): Promise<string | null> => {
  return openSession((await cookies()).get(sessionCookieName())?.value)
})

/** The live session of this browser, asked of the database once per request. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const sessionId = await sessionIdAtHand()
  if (!sessionId) return null
  return findSession(sessionId).catch((thrown: unknown) => {
    throw forErrorPage(thrown)
  })
})

/** Who is asking, in pages, actions and route handlers; null when nobody is signed in. */
export async function currentActor(): Promise<UserActor | null> {
  const session = await currentSession()
  return session && actorOfSession(session, visitor())
}

/** Who is asking, in answers to forms: nobody is led away with what they typed, but refused. */
export async function signedInActor(): Promise<UserActor> {
  const actor = await currentActor()
  if (!actor) throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on.')
  return actor
}

/** Who is asking by then, where an answer goes on long after it began; refused once the session ended. */
export async function actorNow({ sessionId, ip, userAgent, requestId }: UserActor): Promise<UserActor> {
  const session = sessionId ? await findSession(sessionId) : null
  if (!session) throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on.')
  return actorOfSession(session, { ip, userAgent, requestId })
}

/** Who is asking; a visitor who is not signed in is led to sign in and back to `returnTo`, or to where they were. */
export async function requireActor(returnTo = pathAtHand()): Promise<UserActor> {
  return (await currentActor()) ?? redirect(signInPath(returnTo))
}

/** The page asked for, without what Next adds for itself when script asks for it. */
function pathAtHand(): string {
  const path = requestIfAny()?.path ?? '/'
  return path.replace(/([?&])_rsc=[^&]*(&|$)/, (_, before: string, after: string) => (after ? before : ''))
}
