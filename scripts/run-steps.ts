import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const RESULTS = 'test-results'

export type Count = { passed: number; failed: number }

export type Step = {
  name: string
  /** What to run, on this Node: the path of a program's own script and its arguments. */
  args: string[]
  env?: Record<string, string>
  /** Reads what the runner wrote down; without it the step counts as one test. */
  count?: () => Count
}

/**
 * Runs every step even if one fails, sums what passed and failed, says so in the last line, and ends the process: with 0 only
 * if something passed and nothing failed. What a step started ends with it.
 */
export async function runSteps(steps: Step[]): Promise<never> {
  mkdirSync(RESULTS, { recursive: true })
  rmSync(join(RESULTS, 'summary.txt'), { force: true })
  const total: Count = { passed: 0, failed: 0 }
  for (const step of steps) {
    const began = performance.now()
    console.log(`\n── ${step.name} ──`)
    const counted = await runStep(step)
    total.passed += counted.passed
    total.failed += counted.failed
    const seconds = Math.round((performance.now() - began) / 1000)
    console.log(`── ${step.name}: ${counted.passed} passed, ${counted.failed} failed, ${seconds} s`)
  }
  const summary = `${total.passed} passed, ${total.failed} failed`
  writeFileSync(join(RESULTS, 'summary.txt'), `${summary}\n`)
  console.log(`\n${summary}`)
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1)
}

async function runStep({ args, env, count }: Step): Promise<Count> {
  const isFine = (await run(args, env)) === 0
  if (!count) return { passed: isFine ? 1 : 0, failed: isFine ? 0 : 1 }
  try {
    const counted = count()
    // A runner may fail for more than its tests: a file that does not load, a server that does not start.
    return isFine || counted.failed > 0 ? counted : { ...counted, failed: 1 }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

let current: ChildProcess | undefined

function run(args: string[], env: Record<string, string> = {}): Promise<number | null> {
  return new Promise((done) => {
    current = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } })
    current.once('exit', (code) => done(code))
  })
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    current?.once('exit', () => process.exit(130))
    if (signal !== 'SIGINT') current?.kill(signal)
  })
}
