/** How deep causes are followed: far beyond what honest code nests. */
const CAUSES_MAX = 5

export type LoggedError = { type: string; message: string; code?: string; stack: string; cause?: LoggedError }

/**
 * An error as the log may hold it: what it is, what it says and where it happened, and none of the values it was about.
 * A failed statement carries its parameters (passwords typed as a login, hashes, names), and Postgres quotes rows in
 * its details: neither gets there. What is no error stays what it is.
 */
export function errorForLog(thrown: unknown, depth = 0): unknown {
  if (!(thrown instanceof Error)) return thrown
  const { code } = thrown as { code?: unknown }
  const message = withoutParameters(thrown.message)
  const logged: LoggedError = {
    type: thrown.name,
    message,
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    stack: [`${thrown.name}: ${message}`, ...framesOf(thrown)].join('\n'),
  }
  if (thrown.cause === undefined || depth >= CAUSES_MAX) return logged
  return { ...logged, cause: errorForLog(thrown.cause, depth + 1) }
}

/** Drizzle ends the message of a failed statement with what was put into it. */
function withoutParameters(message: string): string {
  const [said = '', parameters] = message.split(/\nparams: /, 2)
  return parameters === undefined ? said : `${said} (parameters left out)`
}

function framesOf({ stack }: Error): string[] {
  return (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
}
