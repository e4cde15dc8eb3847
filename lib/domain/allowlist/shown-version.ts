import { type SQL, sql } from 'drizzle-orm'
import { connectedApps } from '#db/schema/connected-apps'

/**
 * The version of what is shown of an app to whoever decides on it: of itself, and of its publisher, by whose name it is known.
 * Both only grow, and so does this.
 */
export const shownVersion: SQL<number> = sql<number>`(${connectedApps.version}
  + (select p.version from organizations p where p.id = ${connectedApps.rootOrganizationId}))`
