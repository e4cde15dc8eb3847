import { type Adapter, errors, type Grant, type KoaContextWithOIDC } from 'oidc-provider'
import { type Id, isId, newId } from '../../base/ids.ts'
import { findLiveFamily } from '../../domain/authorizations/token-families.ts'
import { keepDraft } from './drafts.ts'
import { endFamily } from './end-family.ts'
import { lookups } from './lookups.ts'
import { holdToNetworks } from './networks.ts'
import { refuseUse } from './record-adapter.ts'
import { judge } from './wish.ts'

/**
 * The grant of an authorization request: the person's live yes, read now, cut to what is asked this time. Each is a new
 * token family, which begins when a code is issued. Undefined leads to the consent prompt.
 */
export async function loadExistingGrant(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { oidc } = ctx
  const { wish, verdict } = await judge(ctx)
  if (verdict?.kind === 'invalid-scope') {
    throw new errors.InvalidScope('requested scope is not allowed', verdict.scopes.join(' '))
  }
  if (!wish || verdict?.kind !== 'allow') return undefined
  // What is not approved is left out, and the answer says what was given (RFC 6749 §3.3, §5.1).
  const scopes = wish.scopes.filter((scope) => !verdict.withheld.includes(scope))
  const familyId = newId('tokenFamily')
  keepDraft({ ...wish, scopes, familyId, authorizationId: verdict.authorizationId })
  const grant = new oidc.provider.Grant({ accountId: wish.userId, clientId: oidc.client?.clientId })
  grant.jti = familyId
  grant.addOIDCScope(scopes)
  for (const resource of Object.keys(oidc.resourceServers ?? {})) grant.addResourceScope(resource, scopes)
  return grant
}

/** A grant is never stored: it is read from the family and the yes it hangs on, while both live. */
export const grantAdapter: Adapter = {
  async find(id) {
    if (!isId('tokenFamily', id)) return undefined
    const family = familyAtHand(id) ?? (await findLiveFamily(id))
    if (!family) return undefined
    holdToNetworks(family.networks)
    const scope = family.scopes.join(' ')
    return {
      jti: id,
      kind: 'Grant',
      accountId: family.userId,
      clientId: family.clientId,
      openid: { scope },
      resources: Object.fromEntries(family.audiences.map((audience) => [audience, scope])),
    }
  },
  async destroy(id) {
    if (isId('tokenFamily', id)) await endFamily(id)
  },
  upsert: refuseUse,
  consume: refuseUse,
  findByUid: refuseUse,
  findByUserCode: refuseUse,
  revokeByGrantId: refuseUse,
}

/** All that was granted, also what no token says: keeping access. */
export async function scopesOfFamily(familyId: string | undefined): Promise<readonly string[]> {
  if (!isId('tokenFamily', familyId)) return []
  const shown = lookups().families.get(familyId)?.family
  return shown?.scopes ?? (await findLiveFamily(familyId))?.scopes ?? []
}

/** The family as the token of this request showed it. */
function familyAtHand(familyId: Id<'tokenFamily'>) {
  const token = lookups().families.get(familyId)
  if (!token?.family || !token.person) return undefined
  const good = new Set(token.scopes.map((scope) => scope.name))
  return {
    userId: token.person.userId,
    clientId: token.app.clientId,
    networks: token.networks,
    scopes: token.family.scopes.filter((scope) => good.has(scope)),
    audiences: [...new Set(token.scopes.map((scope) => scope.audience))],
  }
}
