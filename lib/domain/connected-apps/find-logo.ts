import { and, eq, isNull } from 'drizzle-orm'
import { database } from '#db/client'
import { appLogos, connectedApps } from '#db/schema/connected-apps'

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
