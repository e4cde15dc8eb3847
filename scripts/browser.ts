import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Refusal } from '#lib/base/refusal'

const DEBIANS = '/usr/bin/chromium'

/**
 * Finds a browser for the journeys, or installs one: Debian's Chromium when we are root on Debian, Playwright's own otherwise.
 * Returns the path of the former, or undefined for the latter.
 */
export function findBrowser(): string | undefined {
  if (existsSync(DEBIANS)) return DEBIANS
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('Installing Chromium from Debian.')
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
    return DEBIANS
  }
  run(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'])
  return undefined
}

function run(program: string, args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const ended = spawnSync(program, args, { stdio: 'inherit', env })
  if (ended.status !== 0) throw new Refusal('unavailable', 'No browser could be installed: see above.')
}
