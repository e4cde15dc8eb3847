import { database } from '#db/client'
import { type Cursor, readCursor, writeCursor } from '../../base/cursor.ts'
import { type Id, isId, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { readEvents } from '../audit/read-events.ts'
import { type ListedEvent, shownEvents } from '../audit/shown-events.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { PAGE_ROWS } from './schema.ts'

/**
 * What happened to an app on the allowlist of a root organization, the newest first, a page at a time: how it came there, what
 * was added and taken away, who asked. Also of one that is listed no more.
 */
export async function listEntryHistory(
  actor: Actor,
  input: { rootOrganizationId: Id<'organization'>; appId: Id<'app'>; cursor?: Cursor },
): Promise<{ rows: ListedEvent[]; next: Cursor }> {
  const { rootOrganizationId, appId } = input
  const db = database()
  await checkInRoot(db, actor, rootOrganizationId, 'allowlist.view')
  if (!isId('app', appId)) throw new Refusal('not-found', 'There is no such app here.')
  const [olderThan] = readCursor(input.cursor, ['uuid']) ?? []
  const found = await readEvents(
    db,
    { rootOrganizationId, filters: { appId, act: 'allowlist' } },
    { olderThan: olderThan ?? undefined, limit: PAGE_ROWS + 1 },
  )
  const page = found.slice(0, PAGE_ROWS)
  const last = found.length > PAGE_ROWS ? page.at(-1) : undefined
  return { rows: await shownEvents(db, page), next: last ? writeCursor([uuidOf(last.event.id)]) : null }
}
