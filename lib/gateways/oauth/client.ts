import type Provider from 'oidc-provider'
import type { Client } from 'oidc-provider'
import { requestIfAny } from '../../base/request-context.ts'
import { keyFor, previousKeyFor } from '../../base/secret-key.ts'
import { hashSecret, sameDigest } from '../../base/secrets.ts'
import { noteUse } from '../../domain/authorizations/last-use.ts'
import type { ClientRecord } from '../../domain/connected-apps/client-records.ts'
import { rehashSecret } from '../../domain/connected-apps/rehash-secret.ts'
import { clientMetadata } from './client-metadata.ts'
import { clientAtHand, lookAheadForToken, lookups, readClient } from './lookups.ts'
import { keepScopesInStep } from './scopes.ts'
import { letClientsSign, readKeysAnew } from './signed-clients.ts'

/** Built clients kept, by app and version: building one takes longer than everything else of a request. */
const CLIENTS_KEPT_MAX = 20_000
/** Printable ASCII without space: what a client id can be; anything else need not be looked for. */
const CLIENT_ID = /^[\x21-\x7e]{1,2000}$/

/**
 * Lets the provider's clients be our apps. State, secrets and version are read for every request; only the object built
 * from one version of an app is kept. A disabled or deleted app, or one of a suspended organization, is no client.
 */
export function letClientsBeApps(provider: Provider): void {
  const kept = new Map<string, { version: number; client: Client }>()

  provider.Client.find = async (clientId: string): Promise<Client | undefined> => {
    if (!CLIENT_ID.test(clientId)) return undefined
    const seen = seenWithToken(clientId)
    if (seen) return seen
    lookAheadForToken()
    const record = await readClient(clientId)
    if (record?.state !== 'enabled') return undefined
    const known = kept.get(record.appId)
    if (known?.version === record.version) return known.client
    const scopes = await keepScopesInStep(provider, record.scopes)
    const client = new (provider.Client as unknown as new (metadata: object) => Client)(
      clientMetadata(record, scopes),
    )
    readKeysAnew(client)
    keep(record, client)
    return client
  }

  letClientsSign(provider)

  // The provider waits for the answer; its types do not say so.
  const compare = function (this: Client, actual: string): Promise<boolean> {
    return isLiveSecret(clientAtHand(this.clientId), actual)
  }
  provider.Client.prototype.compareClientSecret = compare as never

  /** Whoever found a live token found that its app is enabled, too, and in which version: nothing is left to be read. */
  function seenWithToken(clientId: string): Client | undefined {
    const app = lookups().appsOfTokens.get(clientId)
    const known = app && kept.get(app.appId)
    return known?.version === app?.version ? known?.client : undefined
  }

  function keep(record: ClientRecord, client: Client): void {
    kept.delete(record.appId)
    kept.set(record.appId, { version: record.version, client })
    const [oldest] = kept.keys()
    if (kept.size > CLIENTS_KEPT_MAX && oldest) kept.delete(oldest)
  }
}

/** Whether this is one of the app's live secrets, as read for this request. Compares with each of them, in constant time. */
async function isLiveSecret(record: ClientRecord, actual: string): Promise<boolean> {
  const previous = previousKeyFor('secret-hashing')
  const present = hashSecret(actual, keyFor('secret-hashing'))
  const hashes = [present, ...(previous ? [hashSecret(actual, previous)] : [])]
  const matching = record.secrets.filter((secret) => hashes.some((hash) => sameDigest(hash, secret.hash)))
  const [secret] = matching
  if (!secret) return false
  if (!sameDigest(secret.hash, present)) await rehashSecret(secret.id, secret.hash, present)
  noteUse({ appId: record.appId, secret: { secretId: secret.id, ip: requestIfAny()?.ip } })
  return true
}
