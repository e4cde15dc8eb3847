import type { Database } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { isEventName } from './acts.ts'
import type { EventName } from './events.ts'
import { namesIn } from './names-in.ts'
import type { readEvents } from './read-events.ts'
import { sentenceOf } from './sentence.ts'

export type ListedEvent = {
  eventId: Id<'event'>
  occurredAt: Date
  name: EventName
  sentence: string
  actor: { kind: 'user' | 'app' | 'system'; name: string; userId: Id<'user'> | null; appId: Id<'app'> | null }
  /** The app through which a person did it, by its name of that day. */
  through: { appId: Id<'app'>; name: string } | null
  /** The organization or business group it happened in. */
  organization: { id: Id<'organization'>; name: string } | null
  appId: Id<'app'> | null
  subject: { id: string | null; name: string }
  details: Record<string, unknown>
  /** What ids in the details name. */
  names: Record<string, string>
  ip: string | null
  requestId: string | null
}

type Row = Awaited<ReturnType<typeof readEvents>>[number]

/** Rows as people and scripts see them. What this version has no words for is left out. */
export async function shownEvents(db: Database, rows: readonly Row[]): Promise<ListedEvent[]> {
  const names = await namesIn(
    db,
    rows.map(({ event }) => event.details),
  )
  return rows.flatMap(({ event, place }) => {
    const { name } = event
    if (!isEventName(name)) return []
    return {
      eventId: event.id,
      occurredAt: event.occurredAt,
      name,
      sentence: sentenceOf({ ...event, name }),
      actor: {
        kind: event.actorKind,
        name: event.actorName,
        userId: event.actorUserId,
        appId: event.actorAppId,
      },
      through:
        event.actorKind === 'user' && event.actorAppId
          ? { appId: event.actorAppId, name: event.actorAppName ?? 'an app' }
          : null,
      organization: place,
      appId: event.appId,
      subject: { id: event.subjectId, name: event.subjectName },
      details: event.details,
      names,
      ip: event.ip,
      requestId: event.requestId,
    }
  })
}
