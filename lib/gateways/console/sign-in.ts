import type { Id } from '../../base/ids.ts'
import {
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
  sessionIdInCookies,
} from '../../base/session-cookie.ts'
import { visitor } from '../../base/visitor.ts'
import { startSession } from '../../domain/users/start-session.ts'
import { verifySignIn } from '../../domain/users/verify-sign-in.ts'

export type SignedIn = { userId: Id<'user'>; fullName: string; sessionId: Id<'session'>; cookie: string }

/**
 * Signs a person in by username or e-mail address and password, and gives the `Set-Cookie` line of the new session. The
 * session this browser had ends with it. Refused sign-ins and throttling: see `verifySignIn`.
 */
export async function signIn(
  cookieHeader: string | null,
  input: { login: string; password: string },
): Promise<SignedIn> {
  const person = await verifySignIn(visitor(), input)
  const session = await startSession(visitor(), {
    userId: person.userId,
    authenticationMethods: ['pwd'],
    formerSessionId: (await sessionIdInCookies(cookieHeader)) as Id<'session'> | null,
  })
  return {
    ...person,
    sessionId: session.sessionId,
    cookie: await sessionCookie(session.sessionId, session.expiresAt),
  }
}

/** The `Set-Cookie` line for a session that was just started. */
export async function sessionCookie(sessionId: Id<'session'>, expiresAt: Date): Promise<string> {
  const seconds = Math.max(1, Math.floor((expiresAt.getTime() - Date.now()) / 1000))
  return cookieLine(await sealSession(sessionId, seconds), seconds)
}

/** The `Set-Cookie` line that takes the session's cookie away. */
export function endedSessionCookie(): string {
  return cookieLine('', 0)
}

function cookieLine(value: string, seconds: number): string {
  const { path, secure } = sessionCookieOptions()
  return `${sessionCookieName()}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}
