import { Refusal } from '../../base/refusal.ts'
import { PERSONAL_TOKEN_PREFIX } from '../../base/secrets.ts'
import { visitor } from '../../base/visitor.ts'
import { noteUse } from '../../domain/authorizations/last-use.ts'
import { findContexts } from '../../domain/connected-apps/find-contexts.ts'
import { letsIn } from '../../domain/installations/network-limit.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import { findSessionOfToken } from '../../domain/users/find-session.ts'
import { actorOfSession } from '../../domain/users/session-actor.ts'
import { liveToken } from './lookups.ts'

/**
 * Whoever a bearer token speaks for at this moment: a person through an app, an app for itself with the contexts it has
 * now, or a person alone by a token of their own, which is good for our own API and nothing else, where the root organization
 * at hand lets scripts trade passwords. Null for what is no live access token, for one bound to another audience, and for one bound to a key, whose
 * holder would have to prove it. Refuses an app that comes from outside of its networks.
 */
export async function readBearerToken(
  value: string,
  { audience }: { audience: string },
): Promise<Actor | null> {
  if (value.startsWith(PERSONAL_TOKEN_PREFIX)) {
    const session = await findSessionOfToken(value)
    return session && { ...actorOfSession(session, visitor()), byPassword: true }
  }
  const token = await liveToken(value)
  if (token?.kind !== 'access-token' && token?.kind !== 'client-credentials') return null
  const { aud, jkt } = token.payload
  if (jkt !== undefined || (aud !== undefined && aud !== audience)) return null
  if (!letsIn(token.networks, { address: visitor().ip }))
    throw new Refusal(
      'forbidden',
      `${token.app.name} is let in only from some networks, and this address is in none of them.`,
    )
  noteUse({ appId: token.app.appId, ...(token.family && { family: token.family }) })
  const scopes = token.scopes.map((scope) => scope.name)
  const { appId, name } = token.app
  if (!token.person) {
    const contexts = (await findContexts(appId)).filter((context) => scopes.includes(context.scope))
    return { kind: 'app', appId, name, contexts, ...visitor() }
  }
  const { userId, fullName } = token.person
  const through = { appId, appName: name, scopes, rootOrganizationId: token.rootOrganizationId }
  return { kind: 'user', userId, name: fullName, through, ...visitor() }
}
