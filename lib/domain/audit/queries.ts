import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { events } from '#db/schema/audit'
import { connectedApps } from '#db/schema/connected-apps'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, idOf, isId, uuidOf } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo, check } from '../permissions/check.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { mayInRoot } from '../permissions/may-in-root.ts'
import { EVENTS, type EventName } from './events.ts'
import { sentenceOf } from './sentence.ts'

/** What fits a screen and a half. */
export const PAGE_ROWS = 50

export type ListedEvent = {
  eventId: Id<'event'>
  occurredAt: Date
  name: EventName
  sentence: string
  actor: { kind: 'user' | 'app' | 'system'; name: string; userId: Id<'user'> | null; appId: Id<'app'> | null }
  appId: Id<'app'> | null
  subject: { id: string | null; name: string }
  details: Record<string, unknown>
  ip: string | null
}

/**
 * What happened in a root organization, the newest first, a page at a time; with `appId` what concerns one app. Whoever
 * may open an app but not the audit log reads what happened to the app itself, not what people did with it.
 */
export async function listEvents(
  actor: Actor,
  input: { rootOrganizationId: Id<'organization'>; appId?: Id<'app'>; cursor?: Cursor },
): Promise<{ rows: ListedEvent[]; next: Cursor }> {
  const db = database()
  const visible = await checkReach(db, actor, input)
  const [after] = readCursor(input.cursor, ['uuid']) ?? []
  const found = await db
    .select()
    .from(events)
    .where(
      and(
        eq(events.rootOrganizationId, input.rootOrganizationId),
        input.appId ? eq(events.appId, input.appId) : undefined,
        visible,
        after ? lt(events.id, idOf('event', after)) : undefined,
      ),
    )
    .orderBy(desc(events.id))
    .limit(PAGE_ROWS + 1)
  const page = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? page.at(-1) : undefined
  return { rows: page.filter(isKnown).map(shown), next: last ? writeCursor([uuidOf(last.id)]) : null }
}

/** Refuses who may read nothing; what else narrows what they read. */
async function checkReach(
  db: Database,
  actor: Actor,
  { rootOrganizationId, appId }: { rootOrganizationId: Id<'organization'>; appId?: Id<'app'> },
): Promise<SQL | undefined> {
  if (!appId || (await mayInRoot(db, actor, rootOrganizationId, 'audit.view'))) {
    await checkInRoot(db, actor, rootOrganizationId, 'audit.view')
    return undefined
  }
  const absent = 'There is no such app here.'
  const [app] = isId('app', appId)
    ? await db
        .select()
        .from(connectedApps)
        .where(and(eq(connectedApps.id, appId), eq(connectedApps.rootOrganizationId, rootOrganizationId)))
    : []
  if (!app) throw await absentTo(db, actor, absent)
  await check(db, actor, 'connected-apps.view', app, { permission: 'connected-apps.view', absent })
  return sql`starts_with(${events.name}, 'connected-app.')`
}

type Row = typeof events.$inferSelect

function isKnown(row: Row): row is Row & { name: EventName } {
  return row.name in EVENTS
}

function shown(row: Row & { name: EventName }): ListedEvent {
  return {
    eventId: row.id,
    occurredAt: row.occurredAt,
    name: row.name,
    sentence: sentenceOf(row),
    actor: { kind: row.actorKind, name: row.actorName, userId: row.actorUserId, appId: row.actorAppId },
    appId: row.appId,
    subject: { id: row.subjectId, name: row.subjectName },
    details: row.details,
    ip: row.ip,
  }
}
