import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const KEY_BYTES = 32

/**
 * Reads a random value kept beside a cluster's data in a file that only we can read; makes it the first time.
 * Written aside and linked into place, so that a crash leaves either all of it or nothing.
 */
export function keptKey(folder: string, name: string): Buffer {
  const file = join(folder, name)
  const found = read(file)
  if (found) return found
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(unfinished, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(unfinished, { force: true })
  }
  const made = read(file)
  if (!made) throw new Error(`${file} could not be written.`)
  return made
}

/** The same, as text for a password. */
export function keptPassword(folder: string, name: string): string {
  return keptKey(folder, name).toString('hex')
}

function read(file: string): Buffer | undefined {
  try {
    const bytes = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
    if (bytes.byteLength === KEY_BYTES) return bytes
    throw new Error(`${file} is damaged: it must hold ${KEY_BYTES} bytes in hexadecimal.`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
