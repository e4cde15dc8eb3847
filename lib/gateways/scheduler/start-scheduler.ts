import { setTimeout as pause } from 'node:timers/promises'
import { Logger, parseCronItems, type Runner, run } from 'graphile-worker'
import { log } from '../../base/log.ts'
import { DUE, TASKS } from './tasks.ts'

/** As many jobs at once: they are few and short, and pages come first. */
const JOBS_AT_ONCE = 2
const BEGIN_AGAIN_SECONDS = 5

/**
 * Does what was left to be done and what is due by the clock. Every process takes part: a job is taken by one of them, and
 * what is due falls due once for all. While the database is away it waits for it. Returns how to stop: what has begun ends first.
 */
export function startScheduler(connectionString: string): () => Promise<void> {
  const stopping = new AbortController()
  let runner: Runner | undefined
  const working = work()
  return async () => {
    stopping.abort()
    await runner?.stop().catch(() => undefined)
    await working
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        runner = await run({
          connectionString,
          concurrency: JOBS_AT_ONCE,
          maxPoolSize: JOBS_AT_ONCE + 2,
          noHandleSignals: true,
          logger: inOurLog(),
          taskList: TASKS,
          parsedCronItems: parseCronItems(
            Object.entries(DUE).map(([task, { when }]) => ({ task, match: when })),
          ),
        })
        await runner.promise
      } catch (error) {
        log().warn({ err: error }, 'jobs wait')
      }
      await pause(BEGIN_AGAIN_SECONDS * 1000, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
}

function inOurLog(): Logger {
  return new Logger(() => (level, message, meta) => {
    const about = meta?.error === undefined ? {} : { err: meta.error }
    if (level === 'error' || level === 'warning') log().warn(about, message)
    else log().debug(about, message)
  })
}
