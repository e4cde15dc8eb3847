import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment } from '#lib/base/env'
import type { Purpose } from './prepare-database.ts'

/**
 * Writes down that this folder's server runs, so that an install does not replace the packages under it and a second
 * start can say where the first one is. Returns what takes it back. Where nothing can be written, nobody needs it.
 */
export function recordRunning(purpose: Purpose): () => void {
  const { dataDir, publicUrl, host, port } = environment()
  const file = join(dataDir, `running-${purpose}.json`)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    writeFileSync(file, JSON.stringify({ pid: process.pid, publicUrl, host, port }), { mode: 0o600 })
  } catch {
    return () => undefined
  }
  return () => rmSync(file, { force: true })
}
