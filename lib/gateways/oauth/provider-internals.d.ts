/** The provider's settings while it runs: the one place it keeps the scopes it knows. */
declare module 'oidc-provider/lib/helpers/weak_cache.js' {
  import type Provider from 'oidc-provider'

  export default function instance(provider: Provider): { configuration: { scopes: Set<string> } }
}

/** How the provider chooses among the keys of a client. */
declare module 'oidc-provider/lib/helpers/keystore.js' {
  export default class KeyStore {
    add(key: Record<string, string>): void
    getKeyObject(key: Record<string, string>, getPublic?: boolean): unknown
  }
}
