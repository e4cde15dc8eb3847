import { purge } from './purge.ts'

/** Often enough that no purge is large. */
const PURGE_MINUTES = 10

/**
 * Does what is due by the clock and not by anyone's asking. Every process runs it: the work takes rows no other process
 * holds. Returns how to stop: what has begun ends first.
 */
export function startScheduler(): () => Promise<void> {
  let underway = Promise.resolve()
  const timer = setInterval(() => {
    underway = underway.then(purge)
  }, PURGE_MINUTES * 60_000)
  timer.unref()
  return () => {
    clearInterval(timer)
    return underway
  }
}
