import { createHmac, hash, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'

/** A new client secret: 256 random bits behind a prefix that secret scanners can recognize. */
export function newClientSecret(): string {
  return `ghs_${randomBytes(32).toString('base64url')}`
}

/** How a person's own token begins: by it our API knows that it stands for a session, and scanners know what it is. */
export const PERSONAL_TOKEN_PREFIX = 'ghl_'

/** A new token of a person's own: 256 random bits behind its prefix. */
export function newPersonalToken(): string {
  return `${PERSONAL_TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`
}

/** A new client identifier: 32 lowercase hexadecimal characters. */
export function newClientId(): string {
  return randomBytes(16).toString('hex')
}

/** What is stored of a value of full entropy (token, code, session cookie): its SHA-256. */
export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

/** What is stored of a client secret: HMAC-SHA-256 under a key that is not in the database. */
export function hashSecret(secret: string, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(secret).digest()
}

/** Compares two digests without telling by its duration where they differ. */
export function sameDigest(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && timingSafeEqual(a, b)
}
