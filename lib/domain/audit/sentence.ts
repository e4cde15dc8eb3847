import { EVENTS, type EventName } from './events.ts'

/**
 * What the audit log says of an event: its sentence, with the names of that day. Whoever acted through an app is named with
 * it. A limit that is none is said so; a name nobody kept is a dash.
 */
export function sentenceOf(event: {
  name: EventName
  actorName: string
  actorAppName?: string | null
  subjectName: string
  details: Readonly<Record<string, unknown>>
}): string {
  const names: Record<string, unknown> = {
    ...event.details,
    actor: event.actorAppName ? `${event.actorName}, through ${event.actorAppName},` : event.actorName,
    subject: event.subjectName,
  }
  return EVENTS[event.name].replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = names[key]
    if (value === null) return 'no limit'
    if (typeof value === 'number') return value.toLocaleString('en')
    return typeof value === 'string' ? value : '–'
  })
}
