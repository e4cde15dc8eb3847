import { csvLines, UTF8_MARK } from '../../base/csv.ts'
import type { ExportFormat } from './schema.ts'
import type { ListedEvent } from './shown-events.ts'

/** Begins the last line of a whole export. A file without it was cut off on its way. */
const END_OF_EXPORT = 'end of export'

/** What a file of each kind is called. */
export const FILE_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
}

type Batches = AsyncIterable<readonly ListedEvent[]>

/**
 * The audit log as a file, a piece for each batch, as they are taken: nothing of it is held. Moments are ISO 8601 in UTC. The last
 * line says that it is the last, and how many events came before it.
 */
export async function* eventFile(
  format: ExportFormat,
  batches: Batches,
): AsyncGenerator<string, void, undefined> {
  const kind = format === 'csv' ? CSV : JSON_LINES
  let count = 0
  yield kind.head
  for await (const batch of batches) {
    count += batch.length
    yield kind.lines(batch)
  }
  yield kind.end(count)
}

type Kind = { head: string; lines: (batch: readonly ListedEvent[]) => string; end: (count: number) => string }

const JSON_LINES: Kind = {
  head: '',
  lines: (batch) => batch.map((event) => `${JSON.stringify(lineOf(event))}\n`).join(''),
  end: (count) => `${JSON.stringify({ [END_OF_EXPORT]: true, events: count })}\n`,
}

const COLUMNS = [
  'time',
  'act',
  'what',
  'who kind',
  'who',
  'who id',
  'through app',
  'through app id',
  'on',
  'on id',
  'app id',
  'in',
  'in id',
  'changed',
  'details',
  'from',
  'request id',
  'event id',
] as const

const CSV: Kind = {
  head: UTF8_MARK + csvLines([COLUMNS]),
  lines: (batch) => csvLines(batch.map(cellsOf)),
  end: (count) => csvLines([[END_OF_EXPORT, count, ...COLUMNS.slice(2).map(() => '')]]),
}

function cellsOf(event: ListedEvent): (string | null)[] {
  const { changed, ...details } = event.details
  const json = (value: unknown) => (isEmpty(value) ? '' : JSON.stringify(value))
  return [
    event.occurredAt.toISOString(),
    event.name,
    event.sentence,
    event.actor.kind,
    event.actor.name,
    event.actor.kind === 'app' ? event.actor.appId : event.actor.userId,
    event.through?.name ?? '',
    event.through?.appId ?? '',
    event.subject.name,
    event.subject.id,
    event.appId,
    event.organization?.name ?? '',
    event.organization?.id ?? '',
    json(changed),
    json(details),
    event.ip,
    event.requestId,
    event.eventId,
  ]
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  )
}

/** `names` belongs to the page it was read with: a line keeps what it needs of it. */
function lineOf({ names, ...event }: ListedEvent) {
  const text = JSON.stringify(event.details)
  const own = Object.fromEntries(Object.entries(names).filter(([id]) => text.includes(id)))
  return { ...event, ...(Object.keys(own).length > 0 ? { names: own } : {}) }
}
