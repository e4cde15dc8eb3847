import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Runner } from './home.ts'

export type Order = { control: string; data: string; folders: string[]; runner: Runner }

/**
 * Leaves a process behind that ends a throwaway cluster as soon as we are gone, however we went: it waits for its standard
 * input to close, which the kernel does for us. The function returned closes it and waits for the cluster's end.
 */
export function reapAfterUs(order: Order): () => Promise<void> {
  const script = fileURLToPath(new URL('./reaper.ts', import.meta.url))
  const reaper = spawn(process.execPath, [script, JSON.stringify(order)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  reaper.unref()
  return () =>
    new Promise((done) => {
      reaper.ref()
      reaper.once('exit', () => done())
      reaper.stdin.end()
    })
}
