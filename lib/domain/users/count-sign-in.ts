import { inArray, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { signInThrottles } from '#db/schema/users'
import { networkOf } from '../../base/network.ts'
import { hashToken } from '../../base/secrets.ts'

/** Enough for anyone who half remembers a password, too few to guess one. */
export const FAILURES_PER_ACCOUNT_MAX = 10
/** Many people share an office's address; a password list tried from one address ends here. */
export const FAILURES_PER_ADDRESS_MAX = 100
export const THROTTLE_WINDOW_MINUTES = 15

/**
 * What one attempt counts against: an account (or the login typed, where there is no account) and an address. Each kind of
 * account begins with a word of its own, so that nobody types what another kind counts.
 */
export type Attempt = { account: string; ip?: string }

/**
 * Counts an attempt before its password is looked at, in one statement and for every process at once, so that
 * attempts made at the same moment cannot share a count. Returns the seconds to wait when there were too many,
 * and 0 when the password may be looked at. `forgiveSignIn` takes back what a right password counted.
 */
export async function countSignIn(attempt: Attempt): Promise<number> {
  const window = sql`make_interval(mins => ${THROTTLE_WINDOW_MINUTES})`
  const isOver = sql`${signInThrottles.windowStartedAt} <= now() - ${window}`
  const rows = await database()
    .insert(signInThrottles)
    .values(countersOf(attempt).map(({ keyHash }) => ({ keyHash, failures: 1, windowStartedAt: sql`now()` })))
    .onConflictDoUpdate({
      target: signInThrottles.keyHash,
      set: {
        failures: sql`case when ${isOver} then 1 else ${signInThrottles.failures} + 1 end`,
        windowStartedAt: sql`case when ${isOver} then now() else ${signInThrottles.windowStartedAt} end`,
      },
    })
    .returning({
      keyHash: signInThrottles.keyHash,
      failures: signInThrottles.failures,
      waitSeconds: sql<number>`ceil(extract(epoch from ${signInThrottles.windowStartedAt} + ${window} - now()))::int`,
    })
  const waits = countersOf(attempt).map(({ keyHash, max }) => {
    const row = rows.find((counted) => counted.keyHash.equals(keyHash))
    return row && row.failures > max ? row.waitSeconds : 0
  })
  return Math.max(0, ...waits)
}

/** After a right password: the account begins anew, the address gets this one attempt back. */
export async function forgiveSignIn(attempt: Attempt): Promise<void> {
  const account = accountKey(attempt)
  const keys = countersOf(attempt).map(({ keyHash }) => keyHash)
  await database()
    .update(signInThrottles)
    .set({
      failures: sql`case when ${signInThrottles.keyHash} = ${account} then 0 else greatest(${signInThrottles.failures} - 1, 0) end`,
    })
    .where(inArray(signInThrottles.keyHash, keys))
}

/** Always in one order, so that two attempts counted at the same moment never wait for each other. */
function countersOf(attempt: Attempt): { keyHash: Buffer; max: number }[] {
  const counters = [{ keyHash: accountKey(attempt), max: FAILURES_PER_ACCOUNT_MAX }]
  if (attempt.ip)
    counters.push({ keyHash: hashToken(`ip:${networkOf(attempt.ip)}`), max: FAILURES_PER_ADDRESS_MAX })
  return counters.sort((a, b) => Buffer.compare(a.keyHash, b.keyHash))
}

function accountKey(attempt: Attempt): Buffer {
  return hashToken(`account:${attempt.account}`)
}
