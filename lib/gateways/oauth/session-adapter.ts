import type { Adapter, AdapterPayload } from 'oidc-provider'
import { isId } from '../../base/ids.ts'
import {
  dropProtocolRecord,
  findProtocolRecord,
  findProtocolRecordByUid,
  keepProtocolRecord,
} from '../../domain/authorizations/protocol-records.ts'
import { expiryOf, refuseUse } from './record-adapter.ts'

const MODEL = 'Session'

/**
 * A browser's session at the authorization server. It names our session, and is found only while that one lives; without
 * one it may carry a form's state, but nobody's name.
 */
export const sessionAdapter: Adapter = {
  async upsert(id, payload, expiresIn) {
    const { sessionId, jti: _jti, ...kept } = payload as AdapterPayload & { sessionId?: unknown }
    if (kept.accountId && !isId('session', sessionId))
      throw new Error('A session names a person but not our session.')
    await keepProtocolRecord({
      model: MODEL,
      id,
      uid: payload.uid,
      sessionId: isId('session', sessionId) ? sessionId : undefined,
      payload: { ...kept, sessionId },
      expiresAtSeconds: expiryOf(payload, expiresIn),
    })
  },
  async find(id) {
    const record = await findProtocolRecord(MODEL, id)
    return record && { ...record.payload, jti: id }
  },
  async findByUid(uid) {
    // Who finds it by its uid reads it; nobody keeps it again under an id they do not know.
    return (await findProtocolRecordByUid(MODEL, uid))?.payload
  },
  destroy: (id) => dropProtocolRecord(MODEL, id),
  consume: refuseUse,
  findByUserCode: refuseUse,
  revokeByGrantId: refuseUse,
}
