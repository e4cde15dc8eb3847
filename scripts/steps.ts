import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Count, RESULTS, type Step } from './run-steps.ts'

const VITEST = join(RESULTS, 'vitest.json')
const PLAYWRIGHT = join(RESULTS, 'playwright.json')

/** After the build: Next writes the types of the pages' own parameters then. */
export const types: Step = { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit'] }

export const lint: Step = {
  name: 'lint',
  args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
}

export const build: Step = { name: 'build', args: ['scripts/build-now.ts'] }

/** Unit and database tests; `only` narrows them, `env` lengthens them. */
export function vitest(only: string[] = [], env: Record<string, string> = {}): Step {
  rmSync(VITEST, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${VITEST}`]
  return {
    name: 'unit and database tests',
    args: ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...only],
    env,
    count: countVitest,
  }
}

/** The browser journeys, on one server for all of them. */
export async function journeys(browser: string | undefined): Promise<Step> {
  rmSync(PLAYWRIGHT, { force: true })
  return {
    name: 'browser journeys',
    args: ['node_modules/@playwright/test/cli.js', 'test', '--config=e2e/playwright.config.ts'],
    env: {
      E2E_PORT: String(await freePort()),
      ...(browser ? { E2E_BROWSER: browser } : {}),
      PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT,
    },
    count: countPlaywright,
  }
}

function countVitest(): Count {
  const read = JSON.parse(readFileSync(VITEST, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    testResults: { status: string; assertionResults: unknown[] }[]
  }
  const notLoaded = read.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.length,
  )
  return { passed: read.numPassedTests, failed: read.numFailedTests + notLoaded.length }
}

function countPlaywright(): Count {
  const { stats, errors } = JSON.parse(readFileSync(PLAYWRIGHT, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number }
    errors: unknown[]
  }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
