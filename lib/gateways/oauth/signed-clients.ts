import type Provider from 'oidc-provider'
import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider'
import KeyStore from 'oidc-provider/lib/helpers/keystore.js'
import type { Id } from '../../base/ids.ts'
import { requestIfAny } from '../../base/request-context.ts'
import { noteUse } from '../../domain/authorizations/last-use.ts'
import { findLiveKeys } from '../../domain/connected-apps/find-live-keys.ts'
import { findPublishedKeys } from '../../domain/connected-apps/find-published-keys.ts'
import { clientAtHand, lookups } from './lookups.ts'

/** An assertion is made for one request: none is good for longer than this, whatever it says. */
const ASSERTION_SECONDS_MAX = 300
const CLOCK_SKEW_SECONDS = 15

/**
 * Lets an app that keeps secrets sign instead (private_key_jwt; RFC 7523 §2.2, OpenID Connect Core §9). The provider knows
 * one method per client; which of the two it is depends on what the request brings, so that both work side by side.
 */
export function letClientsSign(provider: Provider): void {
  const contextOf = provider.constructor as typeof Provider
  Object.defineProperty(provider.Client.prototype, 'clientAuthMethod', {
    configurable: true,
    get(this: Client) {
      const registered = this.tokenEndpointAuthMethod as string
      if (registered !== 'client_secret_basic') return registered
      return contextOf.ctx?.oidc?.params?.client_assertion === undefined ? registered : 'private_key_jwt'
    },
  })
}

/** The keys of a client are read anew for each request, and only for one that is signed. Call it while nothing has read them. */
export function readKeysAnew(client: Client): void {
  Object.defineProperty(client, 'asymmetricKeyStore', {
    configurable: true,
    get: () => keysAtHand(client.clientId),
  })
}

/**
 * What the provider does not ask of an assertion whose signature was right: that it is for us and nobody else beside us
 * (RFC 7523 §3: our issuer or token endpoint), that it is short-lived, and that it was not made in times to come.
 */
export function checkAssertion(ctx: KoaContextWithOIDC, claims: Record<string, unknown>): void {
  const ours: unknown[] = [ctx.oidc.issuer, ctx.oidc.urlFor('token')]
  if (![claims.aud].flat().every((audience) => ours.includes(audience)))
    throw new errors.InvalidClientAuth(
      'aud must be the issuer identifier or the token endpoint, and no other',
    )
  const now = Math.floor(Date.now() / 1000)
  if (Number(claims.exp) > now + ASSERTION_SECONDS_MAX + CLOCK_SKEW_SECONDS)
    throw new errors.InvalidClientAuth(`exp must be at most ${ASSERTION_SECONDS_MAX} seconds from now`)
  if (claims.iat !== undefined && Number(claims.iat) > now + CLOCK_SKEW_SECONDS)
    throw new errors.InvalidClientAuth('iat lies in the future')
  // What the provider asks next is whether the assertion was used before (`record-adapter.ts`).
  lookups().assertion = keysAtHand(ctx.oidc.client?.clientId ?? '').last
}

/** A key as the provider's store keeps it. */
type StoredKey = Record<string, string>

/**
 * The keys of one app for one request. The provider looks for a key that fits, and while there is none, or none that
 * proves the signature, it asks for more until there are no more: first those registered here and those fetched from the
 * app's address a while ago, then that address itself.
 */
class AppKeys extends KeyStore {
  /** The key that was tried last: the one that proved the signature, once it is proved. */
  last: { appId: Id<'app'>; keyId: Id<'appKey'> | null } | undefined
  readonly #appId: Id<'app'>
  readonly #ids = new Map<StoredKey, Id<'appKey'>>()
  #jwksUri: string | null = null
  #stage: 'empty' | 'known' | 'all' = 'empty'

  constructor(appId: Id<'app'>) {
    super()
    this.#appId = appId
  }

  fresh(): boolean {
    return this.#stage === 'all'
  }

  async refresh(): Promise<void> {
    const isFirst = this.#stage === 'empty'
    if (isFirst) {
      const { registered, jwksUri } = await findLiveKeys(this.#appId)
      for (const { keyId, jwk } of registered) {
        this.add(jwk)
        this.#ids.set(jwk, keyId)
      }
      this.#jwksUri = jwksUri
    }
    this.#stage = isFirst && this.#jwksUri ? 'known' : 'all'
    if (!this.#jwksUri) return
    const { keys } = await findPublishedKeys(this.#jwksUri, { isAnew: !isFirst })
    for (const { jwk } of keys) this.add(jwk)
  }

  override getKeyObject(key: StoredKey, getPublic?: boolean): unknown {
    this.last = { appId: this.#appId, keyId: this.#ids.get(key) ?? null }
    return super.getKeyObject(key, getPublic)
  }
}

function keysAtHand(clientId: string): AppKeys {
  const { keys } = lookups()
  const known = keys.get(clientId) as AppKeys | undefined
  if (known) return known
  const made = new AppKeys(clientAtHand(clientId).appId)
  keys.set(clientId, made)
  return made
}

/** What was signed is good this once: from here on it counts as a use of its key. */
export function noteAssertion({ appId, keyId }: NonNullable<AppKeys['last']>): void {
  noteUse({ appId, ...(keyId ? { key: { keyId, ip: requestIfAny()?.ip } } : {}) })
}
