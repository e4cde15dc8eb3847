import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { Refusal } from '#lib/base/refusal'

const SOURCES = [
  '{app,components,lib,db,public}/**/*',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  '{next,postcss}.config.mjs',
  'tailwind.config.ts',
]
const BUILD = '.next'
const STAMP = join(BUILD, 'gatehouse-sources')

/** Builds the pages if a source changed since the last build: seconds the first time, nothing after that. */
export async function buildIfChanged(): Promise<void> {
  const sources = sourcesHash()
  if (existsSync(join(BUILD, 'BUILD_ID')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources)
    return
  console.log('Building the pages. The first time takes half a minute.')
  const began = performance.now()
  if ((await runBuild()) !== 0) throw new Refusal('unavailable', 'The pages could not be built: see above.')
  writeFileSync(STAMP, sources)
  console.log(`Built in ${Math.round((performance.now() - began) / 1000)} s.`)
}

function runBuild(): Promise<number | null> {
  const build = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { NEXT_TELEMETRY_DISABLED: '1', ...process.env, NODE_ENV: 'production' },
  })
  void sayProgress(build.stdout)
  const endIt = () => build.kill()
  process.once('exit', endIt)
  return new Promise((done) => {
    build.once('exit', (code) => {
      process.removeListener('exit', endIt)
      done(code)
    })
  })
}

/** What the build says as it goes; the table of routes at its end tells nobody anything. */
async function sayProgress(lines: Readable): Promise<void> {
  let isOver = false
  for await (const line of createInterface(lines)) {
    isOver ||= line.startsWith('Route (')
    if (!isOver) console.log(line)
  }
}

function sourcesHash(): string {
  const hash = createHash('sha256').update(process.version)
  const files = globSync(SOURCES, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of files.sort()) hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}
