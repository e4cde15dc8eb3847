import { and, eq, inArray, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { appLogos, connectedApps } from '#db/schema/connected-apps'
import { type Id, isId } from '../../base/ids.ts'
import { microBatch } from '../../base/micro-batch.ts'

/** The picture with this digest (hexadecimal), while an app has it; for anybody who knows the digest, as pages say it. */
export async function findLogo(digest: string): Promise<Buffer | null> {
  if (!/^[0-9a-f]{64}$/.test(digest)) return null
  const [row] = await database()
    .select({ png: appLogos.png })
    .from(appLogos)
    .innerJoin(connectedApps, and(eq(connectedApps.id, appLogos.appId), isNull(connectedApps.endedAt)))
    .where(eq(appLogos.sha256, Buffer.from(digest, 'hex')))
    .limit(1)
  return row?.png ?? null
}

/** The digest of an app's logo, or null where it has none; for whoever is shown the app. All that one page asks for is one statement. */
export const findLogoOf = microBatch(async (appIds: string[]): Promise<(string | null)[]> => {
  const ids = [...new Set(appIds)].filter((id): id is Id<'app'> => isId('app', id))
  const rows = await database()
    .select({ appId: appLogos.appId, sha256: appLogos.sha256 })
    .from(appLogos)
    .where(inArray(appLogos.appId, ids))
  const digests = new Map<string, string>(rows.map(({ appId, sha256 }) => [appId, sha256.toString('hex')]))
  return appIds.map((id) => digests.get(id) ?? null)
})
