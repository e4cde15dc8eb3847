import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { open, seal } from './encryption.ts'
import { setSecretKey } from './secret-key.ts'

const ABOUT = 'signing key 1'

describe('sealing', () => {
  beforeEach(() => setSecretKey(randomBytes(32)))

  it('gives back what was sealed, and never twice the same bytes', () => {
    expect(open(seal('a value', ABOUT), ABOUT).toString()).toBe('a value')
    expect(open(seal('', ABOUT), ABOUT)).toHaveLength(0)
    expect(seal('a value', ABOUT)).not.toEqual(seal('a value', ABOUT))
  })

  it('opens nothing that belongs to something else', () => {
    expect(() => open(seal('a value', ABOUT), 'signing key 2')).toThrow(/does not open/)
  })

  it('opens nothing that was changed, at whatever place', () => {
    const sealed = seal('a value', ABOUT)
    for (let place = 0; place < sealed.byteLength; place++) {
      const changed = Buffer.from(sealed)
      changed[place] = (changed[place] ?? 0) ^ 1
      expect(() => open(changed, ABOUT)).toThrow(/does not open/)
    }
    expect(() => open(sealed.subarray(0, -1), ABOUT)).toThrow(/does not open/)
    expect(() => open(Buffer.alloc(0), ABOUT)).toThrow(/does not open/)
  })

  it('opens what the key before this one sealed, only while it is kept', () => {
    const old = randomBytes(32)
    setSecretKey(old)
    const sealed = seal('a value', ABOUT)
    setSecretKey(randomBytes(32), old)
    expect(open(sealed, ABOUT).toString()).toBe('a value')
    setSecretKey(randomBytes(32))
    expect(() => open(sealed, ABOUT)).toThrow(/does not open/)
  })
})
