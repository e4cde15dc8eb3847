import { createHmac } from 'node:crypto'
import type { ClientMetadata } from 'oidc-provider'
import { keyFor } from '../../base/secret-key.ts'
import type { ClientRecord } from '../../domain/connected-apps/client-records.ts'
import { SCOPE_OF_ITSELF } from '../../domain/connected-apps/scopes.ts'

/** Ours to drop when it comes without `prompt=consent` (OpenID Connect Core §11); asking for it is never wrong. */
const ALWAYS_ALLOWED = 'offline_access'

/**
 * An app as the provider knows it. Only what changes with the app's version belongs in here: what is built from it is
 * kept that long. `knownScopes` are those the provider has; it refuses a client that names another.
 */
export function clientMetadata(record: ClientRecord, knownScopes: ReadonlySet<string>): ClientMetadata {
  const grantTypes = grantTypesOf(record)
  const isPublic = record.clientType !== 'server'
  const redirectUris = grantTypes.includes('authorization_code') ? [...record.redirectUris] : []
  return {
    client_id: record.clientId,
    client_name: record.name,
    application_type: record.clientType === 'native' ? 'native' : 'web',
    grant_types: grantTypes,
    response_types: redirectUris.length > 0 ? ['code'] : [],
    redirect_uris: redirectUris,
    // Whoever may receive a code may receive a browser that signed out.
    post_logout_redirect_uris: redirectUris,
    token_endpoint_auth_method: isPublic ? 'none' : 'client_secret_basic',
    ...(isPublic ? {} : { client_secret: placeholderSecret(record.clientId) }),
    // Never empty: to the provider, no scope would mean any scope.
    scope: [...scopesOf(record)].filter((scope) => knownScopes.has(scope)).join(' '),
  }
}

function scopesOf(record: ClientRecord): Set<string> {
  return new Set([...record.scopes, record.actsAs === 'itself' ? SCOPE_OF_ITSELF : ALWAYS_ALLOWED])
}

function grantTypesOf(record: ClientRecord): string[] {
  if (record.actsAs === 'itself') return ['client_credentials']
  return record.grantTypes.filter((type) => type !== 'client_credentials' && type !== 'implicit')
}

/** The provider wants some secret; ours are hashes read anew each time. This one opens nothing: no method compares with it. */
function placeholderSecret(clientId: string): string {
  return createHmac('sha256', keyFor('secret-hashing')).update(`placeholder ${clientId}`).digest('base64url')
}
