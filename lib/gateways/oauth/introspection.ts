import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import { visitor } from '../../base/visitor.ts'
import type { LiveToken } from '../../domain/authorizations/find-live-tokens.ts'
import { noteUse } from '../../domain/authorizations/last-use.ts'
import type { ClientRecord } from '../../domain/connected-apps/client-records.ts'
import { letsIn } from '../../domain/installations/network-limit.ts'
import { clientAtHand, liveToken } from './lookups.ts'
import { rightsClaimOf } from './rights-claim.ts'

/** What an asker is shown of a token: all of it, some of its scopes, or nothing. */
export type Sight = 'all' | readonly string[] | null

/**
 * Who may introspect what: the app itself, and the app that registered it; an app that answers for an API, of tokens
 * that hold its scopes, those scopes; an app named for the whole organization, tokens of that organization's people and
 * apps. Refresh tokens are shown to the first two alone: an API that takes one for an access token must not be told yes.
 */
function sightOf(asker: ClientRecord, token: LiveToken): Sight {
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
  if (!token || client.clientAuthMethod === 'none') return false
  const asker = clientAtHand(client.clientId)
  const use = { address: visitor().ip, isRefresh: token.kind === 'refresh-token' }
  // The app itself, from where it may not be used, learns no more here than at userinfo.
  const isOutside = asker.appId === token.app.appId && !letsIn(token.networks, use)
  return !isOutside && sightOf(asker, token) !== null
}

/**
 * Completes what the provider says of a token: only the scopes the asker may see and that are good at this moment, the
 * APIs they belong to as `aud`, the root organization it counts in, and where it may use them (`organizations`). An API
 * none of whose scopes is good any more sees an inactive token. With the parameter `organization` the answer is about
 * that one alone (RFC 7662 §2.1 lets a server take more parameters).
 */
export async function completeIntrospection(ctx: KoaContextWithOIDC): Promise<void> {
  const { oidc } = ctx
  const answer = ctx.body as Record<string, unknown>
  const token = answer.active === true ? await liveToken(String(oidc.params?.token)) : undefined
  if (!token || !oidc.client) return
  const asker = clientAtHand(oidc.client.clientId)
  const sight = sightOf(asker, token)
  const seen = token.scopes.filter((scope) => sight === 'all' || sight?.includes(scope.name))
  const { scopes: shown, ...rights } = await rightsClaimOf(token, seen, oidc.body?.organization)
  if (sight !== 'all' && shown.length === 0) {
    ctx.body = { active: false }
    return
  }
  const names = new Set(shown.map((scope) => scope.name))
  const audiences = [...new Set(shown.map((scope) => scope.audience))]
  const inOrder = String(token.payload.scope ?? '')
    .split(' ')
    .filter((scope) => names.has(scope))
  answer.scope = inOrder.length > 0 ? inOrder.join(' ') : undefined
  answer.aud ??= audiences.length > 1 ? audiences : audiences[0]
  answer.organization_id = token.rootOrganizationId
  if (token.kind === 'client-credentials') answer.sub = token.app.clientId
  Object.assign(answer, rights)
  noteUse({ appId: token.app.appId, ...(token.family && { family: token.family }) })
}

/**
 * The same of a JWT access token, which the provider refuses to look at: we keep its row like any other's, so whoever
 * wants to know more than its signature says can ask. It is active only while it would still be issued.
 */
export async function introspectJwt(ctx: KoaContextWithOIDC): Promise<void> {
  const { oidc } = ctx
  const token = await liveToken(String(oidc.params?.token))
  ctx.status = 200
  ctx.body = { active: false }
  if (!token?.isJwt || !oidc.client || !(await mayIntrospect(ctx, oidc.client))) return
  const { iat, exp, aud, jti, jkt } = token.payload
  ctx.body = {
    active: true,
    client_id: token.app.clientId,
    sub: token.person?.userId,
    iss: oidc.issuer,
    token_type: jkt === undefined ? 'Bearer' : 'DPoP',
    ...(jkt === undefined ? {} : { cnf: { jkt } }),
    ...{ iat, exp, aud, jti },
  }
  await completeIntrospection(ctx)
}
