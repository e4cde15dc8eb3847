import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { isId } from '../../base/ids.ts'
import { hashToken } from '../../base/secrets.ts'
import type { TokenKind } from '../../domain/authorizations/find-live-tokens.ts'
import { noteUse } from '../../domain/authorizations/last-use.ts'
import { consumeToken, endToken, insertToken } from '../../domain/authorizations/token-records.ts'
import { startFamilyOf } from './drafts.ts'
import { endFamily } from './end-family.ts'
import { clientAtHand, liveToken, lookups } from './lookups.ts'
import { holdToNetworks } from './networks.ts'
import { expiryOf, refuseUse } from './record-adapter.ts'

/** Codes and tokens: one row each, found by the hash of its value, alive as long as the yes or the app it hangs on. */
export function tokenAdapter(kind: TokenKind, model: string): Adapter {
  return {
    async upsert(value, payload, expiresIn) {
      const { appId, epoch, networks } = clientAtHand(payload.clientId ?? '')
      const { grantId } = payload
      const token = { hash: hashToken(value), kind, appId, expiresAtSeconds: expiryOf(payload, expiresIn) }
      if (kind === 'authorization-code') await startFamilyOf(grantId)
      if (kind === 'client-credentials') {
        holdToNetworks(networks)
        await insertToken({ ...token, appEpoch: epoch, payload: stored(payload) })
      } else if (isId('tokenFamily', grantId))
        await insertToken({ ...token, familyId: grantId, payload: stored(payload) })
      else throw new Error('A token has neither a family nor an app acting for itself.')
      noteUse({ appId, ...usedFamily(grantId) })
    },

    async find(value) {
      const token = await liveToken(value)
      if (token?.kind !== kind) return undefined
      return {
        ...token.payload,
        jti: value,
        kind: model,
        clientId: token.app.clientId,
        ...(token.family && { grantId: token.family.familyId }),
        ...(token.person && { accountId: token.person.userId }),
        ...(token.consumedAtSeconds && { consumed: token.consumedAtSeconds }),
      }
    },

    async consume(value) {
      if (await consumeToken(hashToken(value))) return
      // Somebody else used it a moment ago: whoever of the two is the thief, both lose it.
      const family = (await liveToken(value))?.family
      if (family) await endFamily(family.familyId)
      throw new errors.InvalidGrant('it was already used')
    },

    destroy: (value) => endToken(hashToken(value)),
    // Ending a family ends its tokens: nothing is written per token.
    revokeByGrantId: async () => undefined,
    findByUid: refuseUse,
    findByUserCode: refuseUse,
  }
}

/** The family that a code or token is issued in. It was looked up with the code or refresh token that this one is issued for; of a code, and of what a device gets, only its id is known. */
function usedFamily(grantId: string | undefined) {
  if (!isId('tokenFamily', grantId)) return {}
  const lastUsedAt = lookups().families.get(grantId)?.family?.lastUsedAt ?? null
  return { family: { familyId: grantId, lastUsedAt } }
}

/** What is kept of a payload: nothing that stands in a column, and never the value itself. */
function stored(payload: AdapterPayload): Record<string, unknown> {
  const { jti, kind, clientId, grantId, accountId, sessionUid, ...kept } = payload
  // Postgres keeps no NUL; no honest parameter holds one.
  if (JSON.stringify(kept).includes('\\u0000'))
    throw new errors.InvalidRequest('a parameter holds a NUL character')
  return kept
}
