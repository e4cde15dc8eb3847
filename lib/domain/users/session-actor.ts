import type { Origin, UserActor } from '../permissions/actor.ts'
import type { LiveSession } from './find-session.ts'

/** The actor of a live session, with where the request came from. */
export function actorOfSession(session: LiveSession, origin: Origin): UserActor {
  return {
    kind: 'user',
    userId: session.userId,
    name: session.fullName,
    sessionId: session.sessionId,
    ...origin,
  }
}
