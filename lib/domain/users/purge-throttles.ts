import { lt, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { signInThrottles } from '#db/schema/users'
import { THROTTLE_WINDOW_MINUTES } from './count-sign-in.ts'

/** Deletes counts of failed sign-ins whose window is over: the next failure would begin a new one. */
export async function purgeThrottles(): Promise<number> {
  const window = sql`make_interval(mins => ${THROTTLE_WINDOW_MINUTES})`
  const { count } = await database()
    .delete(signInThrottles)
    .where(lt(signInThrottles.windowStartedAt, sql`now() - ${window}`))
  return count
}
