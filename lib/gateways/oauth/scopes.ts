import type Provider from 'oidc-provider'
import instance from 'oidc-provider/lib/helpers/weak_cache.js'
import { listScopeNames } from '../../domain/connected-apps/list-scope-names.ts'

/**
 * Makes sure that the provider knows these scopes, if the catalogue does: it drops a scope it does not know without a
 * word. They can be added while it runs, so they are read again when an app names one that is new here.
 * Returns all it knows.
 */
export async function keepScopesInStep(
  provider: Provider,
  named: readonly string[],
): Promise<ReadonlySet<string>> {
  const { scopes } = instance(provider).configuration
  if (named.some((scope) => !scopes.has(scope))) {
    for (const { name } of await listScopeNames()) scopes.add(name)
  }
  return scopes
}
