import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keyBytesFor, keyFor, previousKeyFor, setSecretKey } from './secret-key.ts'

describe('the secret key', () => {
  it('gives one key per purpose, made once', () => {
    setSecretKey(randomBytes(32))
    expect(keyFor('sealing')).toBe(keyFor('sealing'))
    expect(keyBytesFor('sealing')).not.toEqual(keyBytesFor('next-auth'))
    expect(keyBytesFor('sealing')).toHaveLength(32)
  })

  it('gives the same key for the same master after a restart, and another for another master', () => {
    const master = randomBytes(32)
    setSecretKey(master)
    const before = keyBytesFor('secret-hashing')
    setSecretKey(Buffer.from(master))
    expect(keyBytesFor('secret-hashing')).toEqual(before)
    setSecretKey(randomBytes(32))
    expect(keyBytesFor('secret-hashing')).not.toEqual(before)
  })

  it('knows the key before this one only while a rotation lasts', () => {
    const old = randomBytes(32)
    setSecretKey(old)
    const before = keyBytesFor('sealing')
    expect(previousKeyFor('sealing')).toBeUndefined()
    setSecretKey(randomBytes(32), old)
    expect(previousKeyFor('sealing')?.export()).toEqual(before)
  })

  it('refuses a master key of another length', () => {
    expect(() => setSecretKey(randomBytes(16))).toThrow(/32 bytes/)
  })
})
