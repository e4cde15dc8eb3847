import { type Client, errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider'
import { findApiScopes } from '../../domain/connected-apps/find-api-scopes.ts'
import { SCOPE_OF_ITSELF } from '../../domain/connected-apps/scopes.ts'
import { clientAtHand } from './lookups.ts'

/** The API a request names as `resource` (RFC 8707): its audience, and which scopes are its own. */
export async function getResourceServerInfo(
  ctx: KoaContextWithOIDC,
  resource: string,
  client: Client,
): Promise<ResourceServer> {
  completeScope(ctx, client)
  const scopes = await findApiScopes(resource)
  if (!scopes) throw new errors.InvalidTarget()
  return { scope: scopes.join(' '), audience: resource, accessTokenFormat: 'opaque' }
}

/** No request needs a `resource`: without one a token is for every API whose scopes it holds. */
export function defaultResource(
  ctx: KoaContextWithOIDC,
  client: Client,
  oneOf?: readonly string[],
): string | readonly string[] | undefined {
  completeScope(ctx, client)
  return oneOf
}

/**
 * An app acting for itself that names no scope gets all of its own (RFC 6749 §3.3), and its own identity always. The
 * provider asks for the resource before it reads the scopes; there is no later moment to say so.
 */
function completeScope({ oidc }: KoaContextWithOIDC, client: Client): void {
  const { params } = oidc
  if (oidc.route !== 'token' || params?.grant_type !== 'client_credentials') return
  const asked =
    oidc.requestParamScopes.size > 0 ? oidc.requestParamScopes : clientAtHand(client.clientId).scopes
  params.scope = [...new Set([...asked, SCOPE_OF_ITSELF])]
    .filter((scope) => scope !== 'offline_access')
    .join(' ')
}
