import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'

/** An app that could answer for an API. */
export type Server = { id: Id<'app'>; name: string }

/** More than a menu can show; larger organizations name theirs over the API. */
const SERVERS_SHOWN_MAX = 200

/** The apps of a root organization that keep a secret, by name: one of them may answer for an API. */
export async function listServers(actor: Actor, rootOrganizationId: Id<'organization'>): Promise<Server[]> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'apis.create')
  return db
    .select({ id: connectedApps.id, name: connectedApps.name })
    .from(connectedApps)
    .where(
      and(
        eq(connectedApps.rootOrganizationId, rootOrganizationId),
        eq(connectedApps.clientType, 'server'),
        isNull(connectedApps.endedAt),
      ),
    )
    .orderBy(sql`${connectedApps.actsAs} = 'user'`, asc(sql`lower(${connectedApps.name})`))
    .limit(SERVERS_SHOWN_MAX)
}
