import { sql } from 'drizzle-orm'
import { connectedApps } from '#db/schema/connected-apps'

/**
 * Since when the secret of an app that gets another owner should be rotated: whoever owned it before knows it. One that was due
 * already stays due since then; an app that keeps no secret never is.
 */
export const dueSinceHandOver = sql`case when ${connectedApps.clientType} = 'server' then coalesce(${connectedApps.rotationDueSince}, now()) end`
