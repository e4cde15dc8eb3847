import { and, asc, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { appKeys } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'

export type RegisteredKey = { keyId: Id<'appKey'>; kid: string; jwk: Record<string, string> }

/** The live public keys that are registered for each of these apps, the oldest first; an app that has none is missing. */
export async function findKeysOfApps(
  appIds: readonly Id<'app'>[],
): Promise<ReadonlyMap<Id<'app'>, RegisteredKey[]>> {
  const rows = await database()
    .select({ appId: appKeys.appId, keyId: appKeys.id, kid: appKeys.kid, jwk: appKeys.publicJwk })
    .from(appKeys)
    .where(
      and(
        inArray(appKeys.appId, [...appIds]),
        isNull(appKeys.endedAt),
        or(isNull(appKeys.expiresAt), gt(appKeys.expiresAt, sql`now()`)),
      ),
    )
    .orderBy(asc(appKeys.createdAt), asc(appKeys.id))
  return Map.groupBy(rows, ({ appId }) => appId)
}
