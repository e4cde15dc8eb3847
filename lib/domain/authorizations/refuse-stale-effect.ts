import { Refusal } from '../../base/refusal.ts'

/** Refuses an act that would do something else than what was shown. */
export function refuseStaleEffect(fingerprint: string, expected: string | undefined): void {
  if (expected === undefined || expected === fingerprint) return
  throw new Refusal(
    'conflict',
    'What this would do has changed meanwhile, so nothing was done. Look at it anew, then decide again.',
  )
}

/** Refuses an act on apps of which nobody uses any. */
export function refuseNoApps(apps: readonly unknown[]): void {
  if (apps.length === 0)
    throw new Refusal('conflict', 'Nobody here uses any of these apps: there is nothing to stop.')
}
