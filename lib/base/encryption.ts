import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { keyFor, previousKeyFor } from './secret-key.ts'

const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES

/**
 * Seals a value for the database with AES-256-GCM under SECRET_KEY. `about` names what the value belongs to; it is not
 * kept, and only the same words open it again, so that a sealed value moved to another row is worth nothing.
 */
export function seal(plain: string | Uint8Array, about: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyFor('sealing'), nonce).setAAD(Buffer.from(about))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), sealed])
}

/** Opens what `seal` made, also under the key before this one while a rotation lasts. Throws for anything else. */
export function open(sealed: Uint8Array, about: string): Buffer {
  const opened =
    openUnder(keyFor('sealing'), sealed, about) ?? openUnder(previousKeyFor('sealing'), sealed, about)
  if (!opened)
    throw new Error(
      'A sealed value does not open: it was changed, or SECRET_KEY is not the one it was sealed under.',
    )
  return opened
}

function openUnder(key: KeyObject | undefined, sealed: Uint8Array, about: string): Buffer | undefined {
  if (!key || sealed.byteLength < HEAD_BYTES || sealed[0] !== FORMAT) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()])
  } catch {
    return undefined
  }
}
