import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import type { LiveToken } from '../../domain/authorizations/find-live-tokens.ts'
import { noteUse } from '../../domain/authorizations/last-use.ts'
import type { ClientRecord } from '../../domain/connected-apps/client-records.ts'
import { findContexts } from '../../domain/connected-apps/find-contexts.ts'
import { clientAtHand, liveToken } from './lookups.ts'

/** What an asker is shown of a token: all of it, some of its scopes, or nothing. */
export type Sight = 'all' | readonly string[] | null

/**
 * Who may introspect what: the app itself, and the app that registered it; an app that answers for an API, of tokens
 * that hold its scopes, those scopes; an app named for the whole organization, tokens of that organization's people and
 * apps. Refresh tokens are shown to the first two alone: an API that takes one for an access token must not be told yes.
 */
export function sightOf(asker: ClientRecord, token: LiveToken): Sight {
  const { appId, registeredByAppId } = token.app
  if (asker.appId === appId || asker.appId === registeredByAppId) return 'all'
  if (token.kind !== 'access-token' && token.kind !== 'client-credentials') return null
  if (asker.introspectsOrganization && asker.rootOrganizationId === token.rootOrganizationId) return 'all'
  const own = token.scopes.filter((scope) => scope.resourceServerAppId === asker.appId)
  return own.length > 0 ? own.map((scope) => scope.name) : null
}

/** Whether the provider answers anything but `active: false`. */
export async function mayIntrospect({ oidc }: KoaContextWithOIDC, client: Client): Promise<boolean> {
  const token = await liveToken(String(oidc.params?.token))
  return (
    token !== undefined &&
    client.clientAuthMethod !== 'none' &&
    sightOf(clientAtHand(client.clientId), token) !== null
  )
}

/**
 * Completes what the provider says of a token: only the scopes the asker may see, the APIs they belong to as `aud`, the
 * root organization it counts in, and for an app acting for itself where it may use which scope at this moment.
 */
export async function completeIntrospection({ oidc, body }: KoaContextWithOIDC): Promise<void> {
  const answer = body as Record<string, unknown>
  const token = answer.active === true ? await liveToken(String(oidc.params?.token)) : undefined
  if (!token || !oidc.client) return
  const sight = sightOf(clientAtHand(oidc.client.clientId), token)
  const shown = token.scopes.filter((scope) => sight === 'all' || sight?.includes(scope.name))
  const names = new Set(shown.map((scope) => scope.name))
  const audiences = [...new Set(shown.map((scope) => scope.audience))]
  const inOrder = String(token.payload.scope ?? '')
    .split(' ')
    .filter((scope) => names.has(scope))
  answer.scope = inOrder.length > 0 ? inOrder.join(' ') : undefined
  answer.aud ??= audiences.length > 1 ? audiences : audiences[0]
  answer.organization_id = token.rootOrganizationId
  if (token.kind === 'client-credentials') answer.sub = token.app.clientId
  if (token.kind === 'client-credentials' && shown.some((scope) => scope.needsOrganization)) {
    const contexts = await findContexts(token.app.appId)
    answer.contexts = contexts
      .filter((context) => names.has(context.scope))
      .map(({ scope, organizationId, environmentId }) => ({
        scope,
        organization_id: organizationId,
        environment_id: environmentId,
      }))
  }
  noteUse({
    appId: token.app.appId,
    ...(token.family && { installationId: token.family.installationId, family: token.family }),
  })
}
