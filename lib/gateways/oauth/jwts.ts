import { decodeJwt } from 'jose'
import type Provider from 'oidc-provider'
import {
  type AccessToken,
  type ClientCredentials,
  errors,
  type JWTStructured,
  type KoaContextWithOIDC,
} from 'oidc-provider'
import { type Id, isId } from '../../base/ids.ts'
import { hashToken } from '../../base/secrets.ts'
import { findLiveToken } from '../../domain/authorizations/find-live-tokens.ts'
import { findTokenScopes } from '../../domain/authorizations/find-token-scopes.ts'
import { noteUse } from '../../domain/authorizations/last-use.ts'
import { noteJwt } from '../../domain/authorizations/note-jwt.ts'
import { findLiveFamily } from '../../domain/authorizations/token-families.ts'
import { insertToken } from '../../domain/authorizations/token-records.ts'
import { clientAtHand } from './lookups.ts'
import { holdToNetworks } from './networks.ts'
import { rightsClaimOf } from './rights-claim.ts'

type Token = AccessToken | ClientCredentials
type Made = { value: string; payload?: unknown }

/**
 * Keeps each JWT access token (RFC 9068) as a row like any other token, found by the hash of all of it: it can be
 * introspected, and a removal finds it dead at once. The provider would keep nothing. What an API accepts without asking
 * nobody can end; therefore it is noted until when that may be, and one whose yes ended meanwhile is never handed out.
 */
export function keepJwts(provider: Provider): void {
  for (const model of [provider.AccessToken, provider.ClientCredentials]) {
    const prototype = model.prototype as unknown as { getValueAndPayload: () => Promise<Made> }
    const make = prototype.getValueAndPayload
    prototype.getValueAndPayload = async function (this: Token) {
      const made = await make.call(this)
      if (made.payload === undefined) await keep(this, made.value)
      return made
    }
  }
}

async function keep(token: Token, value: string): Promise<void> {
  const { appId, epoch, networks } = clientAtHand(token.clientId ?? '')
  const { iat, exp: expiresAtSeconds = 0, scope, aud, jti } = decodeJwt(value)
  const familyId = familyOf(token)
  const hash = hashToken(value)
  const payload = { iat, exp: expiresAtSeconds, scope, aud, jti, ...(token.jkt ? { jkt: token.jkt } : {}) }
  const kept = { hash, appId, expiresAtSeconds, isJwt: true, payload }
  if (familyId) await insertToken({ ...kept, kind: 'access-token', familyId })
  else {
    holdToNetworks(networks)
    await insertToken({ ...kept, kind: 'client-credentials', appEpoch: epoch })
  }
  await noteJwt({ appId, familyId, expiresAtSeconds })
  const live = await findLiveToken(hash)
  if (!live) throw new errors.InvalidGrant('it has ended meanwhile')
  noteUse({ appId, ...(live.family && { family: live.family }) })
}

/** Null for an app acting for itself. */
function familyOf(token: Token): Id<'tokenFamily'> | null {
  const grantId = 'grantId' in token ? token.grantId : undefined
  return isId('tokenFamily', grantId) ? grantId : null
}

/**
 * Completes what a JWT says (RFC 9068 §2.2): the root organization it counts in, and where its scopes may be used, as
 * both are at this moment. One without any scope of the API it is for is never made: whoever verifies the audience alone
 * would take it for leave.
 */
export async function completeJwt(_ctx: KoaContextWithOIDC, token: Token, jwt: JWTStructured): Promise<void> {
  const client = clientAtHand(token.clientId ?? '')
  const familyId = familyOf(token)
  const family = familyId ? await findLiveFamily(familyId) : undefined
  if (familyId && !family) throw new errors.InvalidGrant('it has ended meanwhile')
  const rootOrganizationId = family?.rootOrganizationId ?? client.rootOrganizationId
  const asked = (token.scope ?? '').split(' ').filter(Boolean)
  const scopes = await findTokenScopes(asked, {
    rootOrganizationId,
    appRootOrganizationId: client.rootOrganizationId,
  })
  const person = family ? { userId: family.userId } : null
  const { scopes: good, ...claims } = await rightsClaimOf(
    { app: { appId: client.appId }, person, rootOrganizationId, scopes },
    scopes,
  )
  if (good.length === 0) throw new errors.InvalidTarget('the token would hold no scope of this API')
  const names = new Set(good.map((scope) => scope.name))
  token.scope = asked.filter((name) => names.has(name)).join(' ')
  Object.assign(jwt.payload, { scope: token.scope, organization_id: rootOrganizationId, ...claims })
}
