import type { Adapter } from 'oidc-provider'
import { grantAdapter } from './grants.ts'
import { interactionAdapter } from './interaction-adapter.ts'
import { recordAdapter, refuseUse, replayAdapter } from './record-adapter.ts'
import { refusalAsError } from './refuse.ts'
import { sessionAdapter } from './session-adapter.ts'
import { tokenAdapter } from './token-adapter.ts'

/** Where each kind of thing the provider keeps is kept. Clients are read by `client.ts`. */
export function adapterOf(model: string): Adapter {
  return inItsWords(kindOf(model))
}

function kindOf(model: string): Adapter {
  switch (model) {
    case 'AccessToken':
      return tokenAdapter('access-token', model)
    case 'RefreshToken':
      return tokenAdapter('refresh-token', model)
    case 'AuthorizationCode':
      return tokenAdapter('authorization-code', model)
    case 'ClientCredentials':
      return tokenAdapter('client-credentials', model)
    case 'Grant':
      return grantAdapter
    case 'Session':
      return sessionAdapter
    case 'Interaction':
      return interactionAdapter
    case 'ReplayDetection':
      return replayAdapter
    case 'DeviceCode':
    case 'PushedAuthorizationRequest':
      return recordAdapter(model)
    default:
      return {
        upsert: refuseUse,
        find: refuseUse,
        findByUid: refuseUse,
        findByUserCode: refuseUse,
        consume: refuseUse,
        destroy: refuseUse,
        revokeByGrantId: refuseUse,
      }
  }
}

/** A refusal of a verb, said as the protocol says it. */
function inItsWords(adapter: Adapter): Adapter {
  const say = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked
    } catch (thrown) {
      throw refusalAsError(thrown)
    }
  }
  return {
    upsert: (id, payload, expiresIn) => say(adapter.upsert(id, payload, expiresIn)),
    find: (id) => say(adapter.find(id)),
    findByUid: (uid) => say(adapter.findByUid(uid)),
    findByUserCode: (userCode) => say(adapter.findByUserCode(userCode)),
    consume: (id) => say(adapter.consume(id)),
    destroy: (id) => say(adapter.destroy(id)),
    revokeByGrantId: (grantId) => say(adapter.revokeByGrantId(grantId)),
  }
}
