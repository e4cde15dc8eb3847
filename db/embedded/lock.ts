import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '../../lib/base/refusal.ts'

/** Making a cluster on a slow disk takes seconds, never minutes. */
const WAIT_SECONDS_MAX = 120
const ASK_AGAIN_MILLISECONDS = 50

/**
 * Runs `work` while no other process runs anything under the same file: starting, stopping and making a cluster.
 * The lock is the kernel's (SQLite holds it for us), so it ends with the process, however that dies.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  // Nobody else may even read it: a reader could hold us up.
  closeSync(openSync(file, 'a', 0o600))
  const lock = new DatabaseSync(file, { timeout: 0 })
  try {
    await take(lock, file)
    return await work()
  } finally {
    lock.close()
  }
}

async function take(lock: DatabaseSync, file: string): Promise<void> {
  const giveUpAt = Date.now() + WAIT_SECONDS_MAX * 1000
  for (;;) {
    try {
      return lock.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      if (!(error instanceof Error && /locked|busy/.test(error.message))) throw error
      if (Date.now() > giveUpAt) {
        throw new Refusal(
          'unavailable',
          `Another Gatehouse has been starting or stopping for too long (${file}).`,
        )
      }
      await pause(ASK_AGAIN_MILLISECONDS)
    }
  }
}
