import { type Client, errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider'
import { findApi } from '../../domain/connected-apps/find-api.ts'
import { SCOPE_OF_ITSELF } from '../../domain/connected-apps/scopes.ts'
import { clientAtHand } from './lookups.ts'

/**
 * The API a request names as `resource` (RFC 8707): its audience, which scopes are its own, and the format and life of
 * its tokens. One that has ended, or that has nothing to offer to this app, is none.
 */
export async function getResourceServerInfo(
  ctx: KoaContextWithOIDC,
  resource: string,
  client: Client,
): Promise<ResourceServer> {
  completeScope(ctx, client)
  const api = await findApi(resource)
  const app = clientAtHand(client.clientId)
  const isOwn = api?.rootOrganizationId === null || api?.rootOrganizationId === app.rootOrganizationId
  if (!api || !(isOwn || (api.openTo === 'everyone' && app.actsAs === 'user')))
    throw new errors.InvalidTarget()
  return {
    scope: api.scopes.join(' '),
    audience: resource,
    accessTokenFormat: api.tokenFormat,
    ...(api.tokenFormat === 'jwt' ? { accessTokenTTL: api.jwtLifetimeSeconds } : {}),
  }
}

/** No request needs a `resource`: without one a token is opaque, and for every API whose scopes it holds. */
export function defaultResource(
  ctx: KoaContextWithOIDC,
  client: Client,
  oneOf?: readonly string[],
): string | readonly string[] | undefined {
  completeScope(ctx, client)
  return oneOf
}

/**
 * An app acting for itself that names no scope gets all of its own (RFC 6749 §3.3), and its own identity always; a scope
 * that has ended is dropped like an unknown one. The provider asks for the resource before it reads the scopes; there is
 * no later moment to say so.
 */
function completeScope({ oidc }: KoaContextWithOIDC, client: Client): void {
  const { params } = oidc
  if (oidc.route !== 'token' || params?.grant_type !== 'client_credentials') return
  const app = clientAtHand(client.clientId)
  const asked = oidc.requestParamScopes.size > 0 ? oidc.requestParamScopes : app.scopes
  params.scope = [...new Set([...asked, SCOPE_OF_ITSELF])]
    .filter((scope) => scope !== 'offline_access' && !app.endedScopes.includes(scope))
    .join(' ')
}
