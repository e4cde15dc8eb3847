import { visitor } from '../../base/visitor.ts'
import { noteUse } from '../../domain/authorizations/last-use.ts'
import { findContexts } from '../../domain/connected-apps/find-contexts.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import { liveToken } from './lookups.ts'

/**
 * Whoever a bearer token speaks for at this moment: a person through an app, or an app for itself with the contexts it
 * has now. Null for what is no live access token, for one bound to another audience, and for one bound to a key, whose
 * holder would have to prove it.
 */
export async function readBearerToken(
  value: string,
  { audience }: { audience: string },
): Promise<Actor | null> {
  const token = await liveToken(value)
  if (token?.kind !== 'access-token' && token?.kind !== 'client-credentials') return null
  const { aud, jkt } = token.payload
  if (jkt !== undefined || (aud !== undefined && aud !== audience)) return null
  noteUse({
    appId: token.app.appId,
    ...(token.family && { installationId: token.family.installationId, family: token.family }),
  })
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
