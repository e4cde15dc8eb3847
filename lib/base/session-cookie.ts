import { decode, encode } from 'next-auth/jwt'
import { environment } from './env.ts'
import { keyBytesFor, previousKeyFor } from './secret-key.ts'

/**
 * The cookie's name. Over https the `__Host-` prefix binds it to this very origin: no sibling domain can plant one.
 * Kept in step with next-auth's configuration, which reads it from here.
 */
export function sessionCookieName(): string {
  return isSecure() ? '__Host-gatehouse.session' : 'gatehouse.session'
}

/** How the cookie is set: unreadable for scripts, sent along when another site links or redirects here, never with its forms. */
export function sessionCookieOptions(): { httpOnly: true; sameSite: 'lax'; path: '/'; secure: boolean } {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() }
}

/** The session's id as next-auth's encrypted token (JWE), the value of the cookie. */
export function sealSession(sessionId: string, lifetimeSeconds: number): Promise<string> {
  return encode({ token: { sessionId }, secret: keyBytesFor('next-auth'), maxAge: lifetimeSeconds })
}

/** The session id a cookie's value carries; null for anything forged, expired or sealed under a key we no longer hold. Says nothing about whether the session still lives. */
export async function openSession(value: string | undefined): Promise<string | null> {
  if (!value) return null
  for (const key of [keyBytesFor('next-auth'), previousKeyFor('next-auth')?.export()]) {
    const token = key && (await decode({ token: value, secret: key }).catch(() => null))
    if (token && typeof token.sessionId === 'string') return token.sessionId
  }
  return null
}

/** The session id in a request's `Cookie` header, read the same way by every gateway. */
export function sessionIdInCookies(header: string | undefined | null): Promise<string | null> {
  const name = `${sessionCookieName()}=`
  const pair = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(name))
  return openSession(pair?.slice(name.length))
}

function isSecure(): boolean {
  return environment().publicUrl.startsWith('https:')
}
