import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { tokenSql } from '#db/client'
import { hashToken } from '#lib/base/secrets'
import { endSession } from '#lib/domain/users/end-session'
import { startSession } from '#lib/domain/users/start-session'
import { as } from '#test/actors'
import { makeUser } from '#test/factories'
import {
  consumeProtocolRecord,
  dropProtocolRecord,
  findProtocolRecord,
  findProtocolRecordByUid,
  findProtocolRecordByUserCode,
  keepOnce,
  keepProtocolRecord,
} from './protocol-records.ts'

function newRecord(more: Partial<Parameters<typeof keepProtocolRecord>[0]> = {}) {
  const id = randomBytes(16).toString('hex')
  return {
    model: 'Interaction',
    id,
    payload: { said: 'something' },
    expiresAtSeconds: Math.floor(Date.now() / 1000) + 60,
    ...more,
  }
}

describe('a protocol record', () => {
  it('is found by its id, its uid and its user code, and by nothing else', async () => {
    const record = newRecord({
      uid: randomBytes(8).toString('hex'),
      userCode: randomBytes(4).toString('hex'),
    })
    await keepProtocolRecord(record)
    for (const found of [
      await findProtocolRecord(record.model, record.id),
      await findProtocolRecordByUid(record.model, record.uid ?? ''),
      await findProtocolRecordByUserCode(record.model, record.userCode ?? ''),
    ]) {
      expect(found).toEqual({ payload: record.payload, consumedAtSeconds: undefined })
    }
    expect(await findProtocolRecord('Session', record.id)).toBeUndefined()
    expect(await findProtocolRecord(record.model, `${record.id}x`)).toBeUndefined()
    await dropProtocolRecord(record.model, record.id)
    expect(await findProtocolRecord(record.model, record.id)).toBeUndefined()
  })

  it('is gone once it expired', async () => {
    const record = newRecord({ expiresAtSeconds: Math.floor(Date.now() / 1000) - 1 })
    await keepProtocolRecord(record)
    expect(await findProtocolRecord(record.model, record.id)).toBeUndefined()
  })

  it('keeps its user code when it is kept again without one', async () => {
    const record = newRecord({ userCode: randomBytes(4).toString('hex') })
    await keepProtocolRecord(record)
    await keepProtocolRecord({ ...record, userCode: undefined, payload: { said: 'more' } })
    expect((await findProtocolRecordByUserCode(record.model, record.userCode ?? ''))?.payload).toEqual({
      said: 'more',
    })
  })

  it('is used by exactly one of eight at once, and new to exactly one', async () => {
    const record = newRecord()
    const kept = await Promise.all(Array.from({ length: 8 }, () => keepOnce(record)))
    expect(kept.filter(Boolean)).toHaveLength(1)
    const used = await Promise.all(
      Array.from({ length: 8 }, () => consumeProtocolRecord(record.model, record.id)),
    )
    expect(used.filter(Boolean)).toHaveLength(1)
    expect((await findProtocolRecord(record.model, record.id))?.consumedAtSeconds).toBeGreaterThan(0)
  })

  it('that stands on our session is found only while that one lives', async () => {
    const person = await makeUser()
    const { sessionId } = await startSession({}, { userId: person.id, authenticationMethods: ['pwd'] })
    const record = newRecord({ model: 'Session', sessionId, uid: randomBytes(8).toString('hex') })
    await keepProtocolRecord(record)
    expect(await findProtocolRecord('Session', record.id)).toBeDefined()
    await endSession(as(person), { sessionId })
    expect(await findProtocolRecord('Session', record.id)).toBeUndefined()
    expect(await findProtocolRecordByUid('Session', record.uid ?? '')).toBeUndefined()
  })

  it('moved to another row opens nothing', async () => {
    const [one, other] = [newRecord(), newRecord({ payload: { said: 'the other' } })]
    await keepProtocolRecord(one)
    await keepProtocolRecord(other)
    await tokenSql()`
      update protocol_records t set sealed_payload = s.sealed_payload from protocol_records s
      where t.id_hash = ${hashToken(one.id)} and s.id_hash = ${hashToken(other.id)}`
    expect(await findProtocolRecord(one.model, one.id)).toBeUndefined()
  })
})
