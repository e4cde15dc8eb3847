import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { organizations } from '#db/schema/organizations'
import { users } from '#db/schema/users'
import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'

/** The latest blocks are shown; nobody undoes one from beyond that many by reading a list. */
const BLOCKED_SHOWN_MAX = 200

export type BlockedApp = {
  appId: Id<'app'>
  name: string
  clientId: string
  publisher: string
  isInternal: boolean
  blockedAt: Date
  blockedBy: string | null
}

/** The apps that are blocked in a root organization, the latest first: where a block is found again to be lifted. */
export async function listBlockedApps(
  actor: Actor,
  { rootOrganizationId }: { rootOrganizationId: Id<'organization'> },
): Promise<BlockedApp[]> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'authorizations.list')
  return db
    .select({
      appId: connectedApps.id,
      name: connectedApps.name,
      clientId: connectedApps.clientId,
      publisher: organizations.name,
      isInternal: sql<boolean>`${connectedApps.rootOrganizationId} = ${installations.rootOrganizationId}`,
      blockedAt: sql<Date>`${installations.blockedAt}`.mapWith(installations.blockedAt),
      blockedBy: users.fullName,
    })
    .from(installations)
    .innerJoin(connectedApps, and(eq(connectedApps.id, installations.appId), isNull(connectedApps.endedAt)))
    .innerJoin(organizations, eq(organizations.id, connectedApps.rootOrganizationId))
    .leftJoin(users, eq(users.id, installations.blockedBy))
    .where(and(eq(installations.rootOrganizationId, rootOrganizationId), isNotNull(installations.blockedAt)))
    .orderBy(desc(installations.blockedAt), desc(installations.id))
    .limit(BLOCKED_SHOWN_MAX)
}
