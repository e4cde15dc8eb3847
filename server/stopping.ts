import { log } from '#lib/base/log'

/** How long everything may take to end before we give up on it. */
const END_SECONDS_MAX = 20
/** npm and the terminal both pass one signal on: what arrives together is one wish. */
const INSISTING_MILLISECONDS = 1000

/**
 * Ends the process gently on SIGTERM and SIGINT, and after an error nobody caught. Asked a second time, it ends at once.
 */
export function whenAskedToStop(stop: () => Promise<void>): void {
  let askedAt: number | undefined
  const end = async (code: number) => {
    if (askedAt !== undefined) {
      if (performance.now() - askedAt > INSISTING_MILLISECONDS) process.exit(1)
      return
    }
    askedAt = performance.now()
    setTimeout(() => process.exit(1), END_SECONDS_MAX * 1000).unref()
    try {
      await stop()
      process.exit(code)
    } catch (error) {
      log().error({ err: error }, 'could not stop in order')
      process.exit(1)
    }
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void end(0))
  process.on('uncaughtException', (error) => {
    log().fatal({ err: error }, 'an error nobody caught')
    void end(1)
  })
  process.on('unhandledRejection', (error) => log().error({ err: error }, 'a rejection nobody caught'))
}
