import type { NextAuthOptions } from 'next-auth'
import credentials from 'next-auth/providers/credentials'
import { environment } from '../../base/env.ts'
import { type Id, isId } from '../../base/ids.ts'
import { log } from '../../base/log.ts'
import { isRefusal } from '../../base/refusal.ts'
import { keyBytesFor } from '../../base/secret-key.ts'
import {
  openSession,
  sealSession,
  sessionCookieName,
  sessionCookieOptions,
} from '../../base/session-cookie.ts'
import { visitor } from '../../base/visitor.ts'
import { endSession } from '../../domain/users/end-session.ts'
import { findSession } from '../../domain/users/find-session.ts'
import { actorOfSession } from '../../domain/users/session-actor.ts'
import { SESSION_DAYS_MAX } from '../../domain/users/start-session.ts'
import { signIn } from './sign-in.ts'

const SESSION_SECONDS = SESSION_DAYS_MAX * 24 * 3600

/**
 * next-auth over our sessions table. Its token holds a session id and nothing else, and each time it is decoded the row is
 * asked: a session that ended, or whose person is no longer active, is out at the very next request.
 */
export function nextAuthOptions(): NextAuthOptions {
  // next-auth takes its own origin from here only; whatever Host a request names is not asked.
  process.env.NEXTAUTH_URL = environment().publicUrl
  return {
    secret: keyBytesFor('next-auth').toString('base64'),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: {
      signIn: '/sign-in',
      signOut: '/sign-out',
      error: '/sign-in',
      verifyRequest: '/sign-in',
      newUser: '/',
    },
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() } },
    providers: [
      credentials({
        name: 'Username and password',
        credentials: {
          login: { label: 'Username or e-mail address' },
          password: { label: 'Password', type: 'password' },
        },
        authorize: (given, request) => authorized(given, request.headers?.cookie ?? null),
      }),
    ],
    jwt: {
      maxAge: SESSION_SECONDS,
      encode: async ({ token }) => {
        if (typeof token?.sessionId !== 'string') throw new Error('A session token without a session.')
        return sealSession(token.sessionId, SESSION_SECONDS)
      },
      decode: async ({ token }) => {
        const sessionId = await openSession(token)
        const session = sessionId ? await findSession(sessionId) : null
        return (
          session && {
            sessionId: session.sessionId,
            name: session.fullName,
            email: session.email,
            sub: session.userId,
          }
        )
      },
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { ...token, sessionId: (user as SessionUser).sessionId } : token),
      redirect: ({ url, baseUrl }) => (new URL(url, baseUrl).origin === baseUrl ? url : baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        const session = isId('session', token?.sessionId) ? await findSession(token.sessionId) : null
        if (session) await endSession(actorOfSession(session, visitor()), { sessionId: session.sessionId })
      },
    },
    logger: {
      error: (code, details) => log().error({ about: code, details }, 'next-auth'),
      warn: (code) => log().warn({ about: code }, 'next-auth'),
      debug: () => undefined,
    },
  }
}

type SessionUser = { id: string; name: string; sessionId: Id<'session'> }

/** The session is started by the same function as the plain form's; next-auth only seals its id into the cookie. */
async function authorized(
  given: Record<'login' | 'password', string> | undefined,
  cookieHeader: string | null,
): Promise<SessionUser | null> {
  try {
    const { userId, fullName, sessionId } = await signIn(cookieHeader, {
      login: given?.login ?? '',
      password: given?.password ?? '',
    })
    return { id: userId, name: fullName, sessionId }
  } catch (thrown) {
    // next-auth writes the message into a URL: only words meant for people may get there.
    if (isRefusal(thrown)) throw new Error(thrown.sentence)
    log().error({ err: thrown }, 'A sign-in failed')
    return null
  }
}
