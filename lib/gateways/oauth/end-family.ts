import Provider from 'oidc-provider'
import type { Id } from '../../base/ids.ts'
import { visitor } from '../../base/visitor.ts'
import { endTokenFamily, type FamilyEnd } from '../../domain/authorizations/end-token-family.ts'
import { clientAtHand } from './lookups.ts'

/** Ends a token family in the name of the app that showed a token or code of it. The person's yes stands. */
export async function endFamily(familyId: Id<'tokenFamily'>): Promise<void> {
  const { oidc } = Provider.ctx ?? {}
  // Signing out ends sessions, never what an app was allowed to do.
  const reason = oidc && reasonOf(oidc.route, oidc.params?.grant_type)
  if (!oidc?.client || !reason) return
  const { appId, name } = clientAtHand(oidc.client.clientId)
  await endTokenFamily({ kind: 'app', appId, name, contexts: [], ...visitor() }, { familyId, reason })
}

function reasonOf(route: string, grantType: unknown): FamilyEnd | undefined {
  if (route === 'revocation') return 'revoked-by-app'
  if (route === 'token') return grantType === 'refresh_token' ? 'reuse' : 'replay'
  return undefined
}
