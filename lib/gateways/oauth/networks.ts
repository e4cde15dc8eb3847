import Provider, { errors } from 'oidc-provider'
import { visitor } from '../../base/visitor.ts'
import { letsIn, type NetworkLimit } from '../../domain/installations/network-limit.ts'

const SENTENCE =
  'the organization lets this app in only from some networks, and this address is in none of them'

/**
 * Holds the request at hand to the networks of the app it is about (null: none were ever said), where the app itself asks: for a token, before anything of
 * what it shows is used up, and at userinfo. Elsewhere it does nothing: a gateway that introspects comes from its own address, and
 * whoever gives a token back may do so from anywhere.
 */
export function holdToNetworks(limit: NetworkLimit | null): void {
  if (!limit) return
  const { route, params } = Provider.ctx?.oidc ?? {}
  const use = { address: visitor().ip, isRefresh: params?.grant_type === 'refresh_token' }
  // RFC 6749 §5.2. Not `invalid_grant`: many clients throw a refresh token away that is called invalid, and this one is good inside.
  if (route === 'token' && !letsIn(limit, use))
    throw new errors.CustomOIDCProviderError('unauthorized_client', SENTENCE)
  if (route === 'userinfo' && !letsIn(limit, { address: use.address }))
    throw Object.assign(new errors.CustomOIDCProviderError('access_denied', SENTENCE), {
      status: 403,
      statusCode: 403,
    })
}
