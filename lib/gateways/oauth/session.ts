import type Provider from 'oidc-provider'
import type { Session } from 'oidc-provider'
import type { Id } from '../../base/ids.ts'
import type { LiveSession } from '../../domain/users/find-session.ts'
import { signedInPerson } from './signed-in-person.ts'

/** The provider's session with the id of ours, on which it stands. */
export type StandingSession = Session & { sessionId?: Id<'session'> }

/**
 * Makes one session of two. At the beginning of each request the provider's session is compared with the console's: the
 * same person goes on, another person or nobody gets a session without any trace of the one before, and whoever signed
 * in to the console is signed in here without being asked. So a sign-out anywhere ends both, `prompt=none` works right
 * after a sign-in, and the next person at the browser is never taken for the last.
 */
export function standOnOurSession(provider: Provider): void {
  const { Session } = provider
  const fields = [...Session.IN_PAYLOAD, 'sessionId']
  Object.defineProperty(Session, 'IN_PAYLOAD', { get: () => fields })

  const get = Session.get
  Session.get = async (ctx) => {
    const found = (await get.call(Session, ctx)) as StandingSession
    const person = await signedInPerson(ctx.get('cookie'))
    const session = standing(found, person, () => newSession(Session))
    if ('oidc' in ctx) (ctx.oidc as { entity(key: string, value: unknown): void }).entity('Session', session)
    return session
  }
}

function standing(
  found: StandingSession,
  person: LiveSession | null,
  fresh: () => StandingSession,
): StandingSession {
  if (!person) return found.accountId ? fresh() : found
  const session = found.accountId === person.userId ? found : fresh()
  session.sessionId = person.sessionId
  session.loginAccount({
    accountId: person.userId,
    loginTs: Math.floor(person.authenticatedAt.getTime() / 1000),
    amr: person.authenticationMethods,
  })
  return session
}

/** Made from an empty payload: it counts as one that replaces another, and is kept. */
function newSession(model: Provider['Session']): StandingSession {
  return new (model as unknown as new (payload: object) => StandingSession)({})
}
