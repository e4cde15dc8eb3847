import { lt, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { signingKeys } from '#db/schema/signing-keys'
import { PUBLISHED_AFTER_RETIREMENT_HOURS } from './schema.ts'

/** Deletes keys that are published no more, private halves and all: nothing they signed is accepted. Returns how many. */
export async function purgeSigningKeys(): Promise<number> {
  const published = sql`make_interval(hours => ${PUBLISHED_AFTER_RETIREMENT_HOURS})`
  const { count } = await database()
    .delete(signingKeys)
    .where(lt(signingKeys.retiredAt, sql`now() - ${published}`))
  return count
}
