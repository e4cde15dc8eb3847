import { createHmac } from 'node:crypto'
import { keyFor } from './secret-key.ts'
import { sameDigest } from './secrets.ts'

/** The name of the hidden field. */
export const FORM_TOKEN_FIELD = 'formToken'

/** A page may stay open for a working day before its forms must be loaded anew. */
const FORM_LIFETIME_HOURS = 12

/**
 * A hidden field that shows that a form came from our own page, for this act, in this session (null: signed out).
 * It is worked out, not stored, so it needs no cookie and works without JavaScript.
 */
export function newFormToken(act: string, sessionId: string | null, now = Date.now()): string {
  const expiresAt = Math.floor(now / 1000) + FORM_LIFETIME_HOURS * 3600
  return `${expiresAt}.${digestOf(act, sessionId, expiresAt).toString('base64url')}`
}

/** Whether the token was made for this act in this session and is not too old. */
export function isFormToken(
  token: unknown,
  act: string,
  sessionId: string | null,
  now = Date.now(),
): boolean {
  if (typeof token !== 'string') return false
  const [seconds = '', digest = ''] = token.split('.')
  const expiresAt = Number(seconds)
  if (!Number.isSafeInteger(expiresAt) || expiresAt * 1000 < now) return false
  return sameDigest(Buffer.from(digest, 'base64url'), digestOf(act, sessionId, expiresAt))
}

function digestOf(act: string, sessionId: string | null, expiresAt: number): Buffer {
  return createHmac('sha256', keyFor('form-tokens'))
    .update(JSON.stringify([act, sessionId, expiresAt]))
    .digest()
}
