import Provider, { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { isId } from '../../base/ids.ts'
import {
  consumeProtocolRecord,
  dropProtocolRecord,
  type FoundRecord,
  findProtocolRecord,
  findProtocolRecordByUserCode,
  keepOnce,
  keepProtocolRecord,
} from '../../domain/authorizations/protocol-records.ts'
import { findLiveFamily } from '../../domain/authorizations/token-families.ts'
import type { DeviceInfo } from './device-flow.ts'
import { startFamilyOf } from './drafts.ts'
import { endFamily } from './end-family.ts'
import { lookups } from './lookups.ts'
import { holdToNetworks } from './networks.ts'
import { noteAssertion } from './signed-clients.ts'
import { triedUserCode } from './user-codes.ts'

/** What the provider remembers between two requests that is neither token nor session: interactions, pushed requests, device codes. */
export function recordAdapter(model: string): Adapter {
  return {
    async upsert(id, payload, expiresIn) {
      if (model === 'DeviceCode') await startFamilyOf(payload.grantId, payload.deviceInfo as DeviceInfo)
      await keepProtocolRecord({
        model,
        id,
        userCode: payload.userCode,
        payload: payload as Record<string, unknown>,
        expiresAtSeconds: expiryOf(payload, expiresIn),
      })
    },
    async find(id) {
      const payload = payloadOf(await findProtocolRecord(model, id))
      if (model === 'DeviceCode' && payload) await holdDeviceToNetworks(payload)
      return payload
    },
    async findByUserCode(userCode) {
      return payloadOf(await triedUserCode(() => findProtocolRecordByUserCode(model, userCode)))
    },
    async consume(id) {
      if (await consumeProtocolRecord(model, id)) return
      if (model === 'PushedAuthorizationRequest')
        throw new errors.InvalidRequestUri('request_uri was already used')
      // A device code, used a moment ago by another poll: like a code, both lose what it gives.
      const grantId = (await findProtocolRecord(model, id))?.payload.grantId
      if (isId('tokenFamily', grantId)) await endFamily(grantId)
      throw new errors.InvalidGrant('it was already used')
    },
    destroy: (id) => dropProtocolRecord(model, id),
    // Ending a family ends what hangs on it: nothing is written per code.
    revokeByGrantId: async () => undefined,
    findByUid: refuseUse,
  }
}

/** Markers of assertions (RFC 7523 §3) and proofs (RFC 9449 §11.1) already seen. Two that arrive at once: one of them is a replay. */
export const replayAdapter: Adapter = {
  ...recordAdapter('ReplayDetection'),
  async upsert(id, payload, expiresIn) {
    const isNew = await keepOnce({
      model: 'ReplayDetection',
      id,
      payload: {},
      expiresAtSeconds: expiryOf(payload, expiresIn),
    })
    // A client proves who it is before its proof of possession is looked at.
    const { assertion } = lookups()
    lookups().assertion = undefined
    if (!isNew && assertion)
      throw new errors.InvalidClientAuth('client assertion tokens must only be used once')
    if (!isNew) throw new errors.InvalidDpopProof('the proof was already used')
    if (assertion) noteAssertion(assertion)
  },
}

/** The provider uses a device code up before it looks for its grant, where other requests for tokens are held to the networks. */
async function holdDeviceToNetworks({ clientId, grantId }: AdapterPayload): Promise<void> {
  // Somebody else's code is refused as unknown.
  if (clientId !== Provider.ctx?.oidc.client?.clientId) return
  const family = isId('tokenFamily', grantId) ? await findLiveFamily(grantId) : undefined
  if (family) holdToNetworks(family.networks)
}

export function expiryOf(payload: AdapterPayload, expiresIn: number | undefined): number {
  return payload.exp ?? Math.floor(Date.now() / 1000) + (expiresIn ?? 0)
}

/** For what the provider never asks of a kind of record. */
export function refuseUse(): Promise<never> {
  throw new Error('The provider asks for something that this kind of record does not have.')
}

function payloadOf(record: FoundRecord | undefined): AdapterPayload | undefined {
  return (
    record && {
      ...record.payload,
      ...(record.consumedAtSeconds ? { consumed: record.consumedAtSeconds } : {}),
    }
  )
}
