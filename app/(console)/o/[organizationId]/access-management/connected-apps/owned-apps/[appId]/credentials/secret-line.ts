import type { Id } from '#lib/base/ids'

/** A live secret as it is listed: everything but itself. */
export type SecretLine = {
  id: Id<'secret'>
  name: string
  lastFour: string
  source: 'generated' | 'chosen'
  createdAt: Date
  createdBy: string | null
  expiresAt: Date | null
  lastUsedAt: Date | null
  lastUsedIp: string | null
  /** A newer one has taken over. */
  isSafeToEnd: boolean
  /** It lives longer than the organization lets a new one. */
  outlivesRule: boolean
}

const RECENT_DAYS = 3

/** Whether something still uses it: tried within the last three days. */
export function isInUse(secret: Pick<SecretLine, 'lastUsedAt'>, now = Date.now()): boolean {
  return secret.lastUsedAt !== null && now - secret.lastUsedAt.getTime() < RECENT_DAYS * 24 * 3_600_000
}
