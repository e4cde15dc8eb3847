import { Refusal } from './refusal.ts'

/** For whoever asks while the database is gone. */
export const DATABASE_AWAY =
  'The database cannot be reached at the moment. Nothing is lost; try again shortly.'

/** All that an error page is told of what was thrown. */
export const DATABASE_AWAY_DIGEST = 'database-away'

/** The driver's own words, the network's, and Postgres' while it starts, stops or takes no more connections. */
const AWAY =
  /^(CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|57P0[1-3]|08\w{3}|53300)$/

/** Far beyond what honest code nests. */
const CAUSES_MAX = 5

/**
 * A request whose connection went away under it is refused like one that comes while the database is known to be gone;
 * anything else stays what it is. Of what such a request changed, all of it is undone with its transaction, unless the
 * connection broke while the database was confirming it.
 */
export function refusalIfDatabaseAway(thrown: unknown): unknown {
  return isDatabaseAway(thrown) ? new Refusal('unavailable', DATABASE_AWAY) : thrown
}

/** Drizzle wraps what the driver threw. It tells each error which query it met; another connection's has none. */
export function isDatabaseAway(thrown: unknown): boolean {
  let error = thrown
  for (let depth = 0; depth < CAUSES_MAX && error instanceof Error; depth++) {
    const { code } = error as { code?: unknown }
    const isOfDriver = 'query' in error || /^CONNECT(ION)?_/.test(String(code))
    if (isOfDriver && typeof code === 'string' && AWAY.test(code)) return true
    error = error.cause
  }
  return false
}
