import type { RefusedApp } from './open-apps.ts'

/** More names than anyone reads; the count says how many there are. */
const REFUSED_SHOWN_MAX = 50

/** What a bulk act did, or as a preview would do. */
export type BulkReceipt = {
  changed: number
  /** Are already as wanted. */
  unchanged: number
  /** Of those changed, how many were used within the last day. */
  usedToday: number
  refused: RefusedApp[]
  refusedCount: number
  /** Where apps were stopped: until when a JWT access token that is out may be accepted all the same. */
  jwtsUntil: Date | null
}

const DAY_MILLISECONDS = 24 * 3_600_000

/** Sums up what is changed and what is not. */
export function bulkReceipt(
  changed: readonly { lastUsedAt: Date | null }[],
  unchanged: number,
  refused: readonly RefusedApp[],
): BulkReceipt {
  const since = Date.now() - DAY_MILLISECONDS
  return {
    changed: changed.length,
    unchanged,
    usedToday: changed.filter(({ lastUsedAt }) => (lastUsedAt?.getTime() ?? 0) >= since).length,
    refused: refused.toSorted((a, b) => a.name.localeCompare(b.name)).slice(0, REFUSED_SHOWN_MAX),
    refusedCount: refused.length,
    jwtsUntil: null,
  }
}
