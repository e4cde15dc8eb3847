import { EVENTS, type EventName } from './events.ts'

/** What the audit log says of an event: its sentence, with the names of that day. A name nobody kept is a dash. */
export function sentenceOf(event: {
  name: EventName
  actorName: string
  subjectName: string
  details: Readonly<Record<string, unknown>>
}): string {
  const names: Record<string, unknown> = {
    ...event.details,
    actor: event.actorName,
    subject: event.subjectName,
  }
  return EVENTS[event.name].replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = names[key]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '–'
  })
}
