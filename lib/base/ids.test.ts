import fc from 'fast-check'
import { fromUUID, toUUID } from 'typeid-js'
import { describe, expect, it } from 'vitest'
import { idOf, isId, newId, uuidOf } from './ids.ts'

describe('an id', () => {
  it('is written as TypeID says, for every UUID', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const id = idOf('app', uuid)
        expect(id).toBe(fromUUID(uuid, 'app'))
        expect(uuidOf(id)).toBe(uuid)
        expect(uuidOf(id)).toBe(toUUID(id as never))
        expect(isId('app', id)).toBe(true)
      }),
    )
  })

  it('holds the least and the greatest UUID', () => {
    for (const digit of ['0', 'f']) {
      const uuid = '00000000-0000-0000-0000-000000000000'.replaceAll('0', digit)
      expect(uuidOf(idOf('user', uuid))).toBe(uuid)
    }
  })

  it('is of the kind it was made for, and of no other', () => {
    const id = newId('tokenFamily')
    expect(isId('tokenFamily', id)).toBe(true)
    expect(isId('app', id)).toBe(false)
  })

  it.each([
    undefined,
    42,
    '',
    'app',
    'app_',
    'app_01k9',
    'app_81k9z3v0e5f2vtyq5m2b8c7d6e',
    'app_01K9Z3V0E5F2VTYQ5M2B8C7D6E',
    'app_01k9z3v0e5f2vtyq5m2b8c7d6u',
    'app_01k9z3v0e5f2vtyq5m2b8c7d6e\n',
    'app_app_01k9z3v0e5f2vtyq5m2b8c7d6e',
    '01980000-0000-7000-8000-000000000001',
  ])('is not this: %j', (text) => {
    expect(isId('app', text)).toBe(false)
  })

  it('that is malformed has no UUID', () => {
    expect(() => uuidOf('app_01k9')).toThrow()
    expect(() => uuidOf('01k9z3v0e5f2vtyq5m2b8c7d6e')).toThrow()
  })
})
