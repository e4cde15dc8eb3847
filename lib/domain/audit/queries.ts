import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, isId, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo, check } from '../permissions/check.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { mayInRoot } from '../permissions/may-in-root.ts'
import { readEvents } from './read-events.ts'
import { type EventFiltersInput, eventFiltersSchema, PAGE_ROWS } from './schema.ts'
import { type ListedEvent, shownEvents } from './shown-events.ts'

export type { ListedEvent } from './shown-events.ts'

export type EventPage = {
  rows: ListedEvent[]
  /** Where older ones go on. */
  next: Cursor
  /** Where newer ones go on: hand it over as `newerThan`. Null at the newest. */
  previous: Cursor
}

export type ListEventsInput = EventFiltersInput & {
  rootOrganizationId: Id<'organization'>
  /** Goes on towards older ones. */
  cursor?: Cursor | undefined
  /** Goes on towards newer ones: the page right before that cursor. */
  newerThan?: Cursor | undefined
}

/**
 * What happened in a root organization, the newest first, a page at a time in either direction; with `appId` what
 * concerns one app or was done through it. Whoever may open an app but not the audit log reads what happened to the app
 * itself, not what people did with it.
 */
export async function listEvents(actor: Actor, input: ListEventsInput): Promise<EventPage> {
  const { rootOrganizationId, cursor, newerThan, ...given } = input
  const db = database()
  const visible = await checkReach(db, actor, input)
  const filters = parse(eventFiltersSchema, given)
  if (cursor && newerThan) throw new Refusal('invalid', 'A list goes on in one direction at a time.')
  const [older] = readCursor(cursor, ['uuid']) ?? []
  const [newer] = readCursor(newerThan, ['uuid']) ?? []
  const found = await readEvents(
    db,
    { rootOrganizationId, filters, visible },
    { olderThan: older ?? undefined, newerThan: newer ?? undefined, limit: PAGE_ROWS + 1 },
  )
  const hasMore = found.length > PAGE_ROWS
  const page = newer ? found.slice(0, PAGE_ROWS).reverse() : found.slice(0, PAGE_ROWS)
  const at = (row: (typeof page)[number] | undefined) => (row ? writeCursor([uuidOf(row.event.id)]) : null)
  return {
    rows: await shownEvents(db, page),
    next: newer || hasMore ? at(page.at(-1)) : null,
    previous: older || (hasMore && newer) ? at(page[0]) : null,
  }
}

/** Refuses who may read nothing; what else narrows what they read. */
async function checkReach(
  db: Database,
  actor: Actor,
  { rootOrganizationId, appId }: ListEventsInput,
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
  return sql`starts_with(e.name, 'connected-app.') and e.app_id = ${uuidOf(appId)}::uuid`
}
