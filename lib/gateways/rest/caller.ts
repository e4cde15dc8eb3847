import { Refusal } from '../../base/refusal.ts'
import { lookingAnew } from '../../base/request-context.ts'
import { visitor } from '../../base/visitor.ts'
import { type Caller, callerWithToken } from '../../domain/api-calls/caller.ts'
import type { Actor, UserActor } from '../../domain/permissions/actor.ts'
import { findSession } from '../../domain/users/find-session.ts'
import { actorOfSession } from '../../domain/users/session-actor.ts'
import { readBearerToken } from '../oauth/read-bearer.ts'
import { Problem } from './problem.ts'

export type Authentication = {
  /** Who is signed in at the console in this browser; asked only where no bearer token was sent. */
  consoleActor: () => Promise<UserActor | null>
  /** What tokens for this API name as their audience, if they name one. */
  audience: string
}

/**
 * Who is asking: whoever the bearer token speaks for (RFC 6750 §2.1), or, for reading only, whoever is signed in at the
 * console. A cookie never changes anything here, because browsers send it along with what other sites make them send.
 */
export async function callerOf(
  request: Request,
  { consoleActor, audience }: Authentication,
): Promise<Caller> {
  const header = request.headers.get('authorization')
  if (header === null) return byCookie(request, consoleActor)
  const token = tokenIn(header)
  if (!token) throw unauthenticated('Send the token as “Authorization: Bearer …”.', 'invalid_request')
  const actor = await readBearerToken(token, { audience })
  if (!actor) throw unauthenticated('This token has ended, or was not made for this API.', 'invalid_token')
  return callerWithToken(actor)
}

/**
 * Who that caller is at a later moment of an answer that goes on; refused once their session or token is over. It is looked
 * up anew, and waiting is no use that would keep a session alive.
 */
export async function callerNow(
  request: Request,
  { audience }: Authentication,
  actor: Actor,
): Promise<Actor> {
  const token = tokenIn(request.headers.get('authorization') ?? '')
  const now = token
    ? await lookingAnew(() => readBearerToken(token, { audience }))
    : await actorOfCookieNow(actor)
  if (!now) throw new Refusal('unauthenticated', 'Your session or token has ended.')
  return now
}

async function actorOfCookieNow(actor: Actor): Promise<Actor | null> {
  if (actor.kind !== 'user' || !actor.sessionId) return null
  const session = await findSession(actor.sessionId, { isUse: false })
  return session && actorOfSession(session, visitor())
}

function tokenIn(header: string): string | undefined {
  return /^Bearer +([\w.~+/-]+=*) *$/i.exec(header)?.[1]
}

async function byCookie(request: Request, consoleActor: Authentication['consoleActor']): Promise<Caller> {
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  const actor = isReading ? await consoleActor() : null
  if (actor) return { actor, rate: 'console', name: actor.sessionId ?? actor.userId }
  throw unauthenticated(isReading ? 'Sign in, or send a bearer token.' : 'Changes need a bearer token.')
}

function unauthenticated(sentence: string, error?: string): Problem {
  return new Problem(401, sentence, {
    headers: { 'WWW-Authenticate': error ? `Bearer error="${error}"` : 'Bearer' },
  })
}
