import { database, transaction } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { countEvents, type EventsOf, readEvents } from './read-events.ts'
import { record } from './record.ts'
import { type ExportEventsInput, exportEventsSchema } from './schema.ts'
import { type ListedEvent, shownEvents } from './shown-events.ts'

/** Small enough to hold nobody up, large enough that a million are a thousand statements. */
const BATCH_ROWS = 1000

export type EventExport = {
  organization: { id: Id<'organization'>; name: string }
  /** How many events there were when it was opened. */
  total: number
  /**
   * The events, the newest first, read as they are taken: whoever stops taking stops the reading. The door says who is
   * asking by then: it reads the session or the token anew, and throws where that ended.
   */
  batches: (actorNow: () => Promise<Actor>) => AsyncGenerator<ListedEvent[], void, undefined>
}

/**
 * Opens an export of the audit log: who took what out of it, and how much, is recorded before the first event is handed
 * over, so an export that was broken off is on record too. It holds what happened before it was opened. Who is asking, and
 * whether they may, is found out anew before each batch: a right, a token or a session that ended meanwhile ends it.
 */
export async function exportEvents(actor: Actor, input: ExportEventsInput): Promise<EventExport> {
  const { rootOrganizationId, format, ...filters } = parse(exportEventsSchema, input)
  const wanted = { rootOrganizationId, filters }
  return transaction(async (tx) => {
    const organization = await checkInRoot(tx, actor, rootOrganizationId, 'audit.view')
    const total = await countEvents(tx, wanted)
    const eventId = await record(tx, actor, {
      name: 'audit.exported',
      rootOrganizationId,
      subject: organization,
      details: { format, events: total, filter: filters },
    })
    return { organization, total, batches: (actorNow) => batchesOf(actorNow, wanted, uuidOf(eventId)) }
  })
}

async function* batchesOf(
  actorNow: () => Promise<Actor>,
  wanted: EventsOf,
  before: string,
): AsyncGenerator<ListedEvent[], void, undefined> {
  const db = database()
  for (let olderThan = before; ; ) {
    await checkInRoot(db, await actorNow(), wanted.rootOrganizationId, 'audit.view')
    const rows = await readEvents(db, wanted, { olderThan, limit: BATCH_ROWS })
    if (rows.length > 0) yield await shownEvents(db, rows)
    const last = rows.at(-1)
    if (!last || rows.length < BATCH_ROWS) return
    olderThan = uuidOf(last.event.id)
  }
}
