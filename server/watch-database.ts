import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'

const ASK_SECONDS = 5
const ASK_AGAIN_MILLISECONDS = 300
const ANSWER_MILLISECONDS_MAX = 3000

export type DatabaseWatch = {
  /** Whether the database answered last time we heard of it. */
  isUp(): boolean
  /** Asks now. */
  ask(): Promise<boolean>
  stop(): Promise<void>
}

/**
 * Holds one connection of its own and knows at once when it breaks, so that requests can be answered "come back soon"
 * instead of failing half way; notices by itself when the database is back.
 */
export function watchDatabase(url: string, changed: (isUp: boolean) => void): DatabaseWatch {
  const stopping = new AbortController()
  let isUp = true
  let wake = new AbortController()
  const sql = postgres(url, {
    max: 1,
    connect_timeout: ANSWER_MILLISECONDS_MAX / 1000,
    max_lifetime: null,
    backoff: () => ASK_AGAIN_MILLISECONDS / 1000,
    onnotice: () => undefined,
    connection: { application_name: 'gatehouse watch' },
    onclose: () => {
      if (!stopping.signal.aborted) settle(false)
      wake.abort()
    },
  })
  const watching = watch()

  return {
    isUp: () => isUp,
    ask,
    async stop() {
      stopping.abort()
      wake.abort()
      await sql.end({ timeout: 1 })
      await watching
    },
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await ask()
      wake = new AbortController()
      const signal = AbortSignal.any([wake.signal, stopping.signal])
      await pause(isUp ? ASK_SECONDS * 1000 : ASK_AGAIN_MILLISECONDS, undefined, { signal }).catch(
        () => undefined,
      )
    }
  }

  async function ask(): Promise<boolean> {
    const answer = sql`select 1`.then(
      () => true,
      () => false,
    )
    settle(await Promise.race([answer, pause(ANSWER_MILLISECONDS_MAX, false, { ref: false })]))
    return isUp
  }

  function settle(now: boolean): void {
    if (now === isUp || stopping.signal.aborted) return
    isUp = now
    changed(now)
  }
}
