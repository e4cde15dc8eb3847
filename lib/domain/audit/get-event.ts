import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import { memberships } from '#db/schema/organizations'
import { type Id, isId, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { readEvents } from './read-events.ts'
import { type ListedEvent, shownEvents } from './shown-events.ts'

export type EventDetails = ListedEvent & {
  /** What of it is still there to go to: the app as one of ours, or as one that people here use; people with a place here. */
  links: {
    app: 'owned' | 'met' | null
    people: Id<'user'>[]
  }
}

/** One event with all that is known of it. One of another root organization is refused like one that does not exist. */
export async function getEvent(
  actor: Actor,
  { rootOrganizationId, eventId }: { rootOrganizationId: Id<'organization'>; eventId: Id<'event'> },
): Promise<EventDetails> {
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'audit.view')
  const visible = isId('event', eventId) ? sql`e.id = ${uuidOf(eventId)}::uuid` : sql`false`
  const rows = await readEvents(db, { rootOrganizationId, filters: {}, visible }, { limit: 1 })
  const [event] = await shownEvents(db, rows)
  if (!event) throw new Refusal('not-found', 'There is no such event here.')
  return { ...event, links: await linksOf(db, rootOrganizationId, event) }
}

async function linksOf(
  db: Database,
  rootOrganizationId: Id<'organization'>,
  { appId, actor, subject }: ListedEvent,
): Promise<EventDetails['links']> {
  const named = [actor.userId, subject.id].filter((id): id is Id<'user'> => isId('user', id))
  const [[app], people] = await Promise.all([
    appId
      ? db
          .select({ ownerRootId: connectedApps.rootOrganizationId, installationId: installations.id })
          .from(connectedApps)
          .leftJoin(
            installations,
            and(
              eq(installations.appId, connectedApps.id),
              eq(installations.rootOrganizationId, rootOrganizationId),
            ),
          )
          .where(and(eq(connectedApps.id, appId), isNull(connectedApps.endedAt)))
      : [],
    named.length > 0
      ? db
          .selectDistinct({ userId: memberships.userId })
          .from(memberships)
          .where(
            and(
              eq(memberships.rootOrganizationId, rootOrganizationId),
              isNull(memberships.endedAt),
              sql`${memberships.userId} = any(${sql.param(named.map(uuidOf))}::uuid[])`,
            ),
          )
      : [],
  ])
  const isOwned = app?.ownerRootId === rootOrganizationId
  return {
    app: isOwned ? 'owned' : app?.installationId ? 'met' : null,
    people: people.map(({ userId }) => userId),
  }
}
