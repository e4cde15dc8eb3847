import type { Id } from '../../base/ids.ts'
import { findVoidScopes } from '../connected-apps/find-void-scopes.ts'
import { KEEPING_ACCESS } from '../connected-apps/scopes.ts'

type Asking = {
  scopes: readonly string[]
  grantTypes: readonly string[]
  rootOrganizationId: Id<'organization'>
}

export type AskedScopes = {
  /** What counts of what was asked for. */
  scopes: string[]
  /** What was left out of it. */
  leftOut: string[]
}

/**
 * What is asked for in an organization: the scopes of the request, and keeping access while the person is away wherever
 * the app will get a refresh token, and nowhere else. The provider drops that scope without `prompt=consent`, but not the token: people are
 * told all the same. Scopes that are void there are dropped like unknown ones (RFC 6749 §3.3): the answer says what was given.
 */
export async function findAskedScopes(
  asked: Iterable<string>,
  app: Asking,
  rootOrganizationId: Id<'organization'>,
): Promise<AskedScopes> {
  const all = [...asked].filter((scope) => scope !== '')
  const isVoid = await findVoidScopes(all, {
    rootOrganizationId,
    appRootOrganizationId: app.rootOrganizationId,
  })
  const keepsAccess = app.scopes.includes(KEEPING_ACCESS) && app.grantTypes.includes('refresh_token')
  const counts = (scope: string) => scope !== KEEPING_ACCESS && !isVoid.has(scope)
  const scopes = all.filter(counts)
  if (keepsAccess) scopes.push(KEEPING_ACCESS)
  return { scopes, leftOut: all.filter((scope) => !scopes.includes(scope)) }
}
