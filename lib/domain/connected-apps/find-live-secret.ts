import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { appSecrets } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import { keyFor } from '../../base/secret-key.ts'
import { hashSecret } from '../../base/secrets.ts'

/** Whether an app has this secret, live: whoever sends it back as it was asks for no new one. */
export async function findLiveSecret(appId: Id<'app'>, value: string): Promise<boolean> {
  const [secret] = await database()
    .select({ id: appSecrets.id })
    .from(appSecrets)
    .where(
      and(
        eq(appSecrets.appId, appId),
        eq(appSecrets.hash, hashSecret(value, keyFor('secret-hashing'))),
        isNull(appSecrets.endedAt),
        or(isNull(appSecrets.expiresAt), gt(appSecrets.expiresAt, sql`now()`)),
      ),
    )
  return secret !== undefined
}
