import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/** What a key is for. One purpose never shares a key with another, so that a value of one kind means nothing to another. */
export type KeyPurpose =
  | 'sealing'
  | 'next-auth'
  | 'provider-cookies'
  | 'secret-hashing'
  | 'token-hashing'
  | 'form-tokens'

export const SECRET_KEY_BYTES = 32

type Keys = { master: Buffer; previous: Buffer | undefined; made: Map<string, KeyObject> }

/** Native Node and Next's bundle each load this file: the key is shared between the two. */
const shared = globalThis as typeof globalThis & { gatehouseKeys?: Keys }

/** Sets the deployment's master key, once at boot; `previous` is the one before it, while a rotation lasts. */
export function setSecretKey(master: Buffer, previous?: Buffer): void {
  for (const key of [master, previous]) {
    if (key && key.byteLength !== SECRET_KEY_BYTES)
      throw new Error(`A secret key has ${SECRET_KEY_BYTES} bytes.`)
  }
  shared.gatehouseKeys = { master, previous, made: new Map() }
}

/** The key for one purpose: HKDF-SHA-256 (RFC 5869) of the master key, made once, kept out of JavaScript's strings. */
export function keyFor(purpose: KeyPurpose): KeyObject {
  const keys = held()
  return derived(keys, keys.master, 'present', purpose)
}

/** The same purpose under the master key before this one, or undefined when no rotation is under way. */
export function previousKeyFor(purpose: KeyPurpose): KeyObject | undefined {
  const keys = held()
  return keys.previous && derived(keys, keys.previous, 'previous', purpose)
}

/** The key as bytes, for libraries that take nothing else. */
export function keyBytesFor(purpose: KeyPurpose): Buffer {
  return keyFor(purpose).export()
}

function held(): Keys {
  if (!shared.gatehouseKeys)
    throw new Error('The secret key is not set: the process sets it before anything else.')
  return shared.gatehouseKeys
}

function derived(keys: Keys, master: Buffer, age: 'present' | 'previous', purpose: KeyPurpose): KeyObject {
  const name = `${age} ${purpose}`
  let key = keys.made.get(name)
  if (!key) {
    const bytes = hkdfSync('sha256', master, Buffer.alloc(0), `gatehouse ${purpose}`, SECRET_KEY_BYTES)
    key = createSecretKey(Buffer.from(bytes))
    keys.made.set(name, key)
  }
  return key
}
