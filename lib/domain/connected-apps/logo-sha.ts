import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { appLogos } from '#db/schema/connected-apps'

/** The digest of an app's picture in hexadecimal, or null where it has none: the address under which it is served. For a statement in which `appId` stands. */
export function logoSha(appId: AnyPgColumn): SQL<string | null> {
  return sql<
    string | null
  >`(select encode(${appLogos.sha256}, 'hex') from ${appLogos} where ${appLogos.appId} = ${appId})`
}
