import { Refusal } from './refusal.ts'

/** Where a list goes on: the sort values of the last row shown, as one word for a URL. Null at the end of the list. */
export type Cursor = string | null

/** What a value of a cursor is: a moment is written as Postgres writes it, in UTC. */
export type CursorKind = 'text' | 'uuid' | 'count' | 'moment' | 'moment-or-nothing'

const TEXT_LENGTH_MAX = 400
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** As far as lists count. */
const COUNT = /^\d{1,9}$/
const MOMENT = /^[1-9]\d{3}-(0[1-9]|1[0-2])-([0-2]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?\+00$/

/** Writes a cursor. */
export function writeCursor(values: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** Reads a cursor of values of these kinds; absent: the list begins. Refuses what no list of that order wrote. */
export function readCursor(
  cursor: string | null | undefined,
  kinds: readonly CursorKind[],
): (string | null)[] | null {
  if (!cursor) return null
  const values = parsed(cursor)
  if (
    Array.isArray(values) &&
    values.length === kinds.length &&
    kinds.every((kind, at) => fits(values[at], kind))
  ) {
    return values
  }
  throw new Refusal('invalid', 'The list cannot go on from there. Begin again.')
}

function fits(value: unknown, kind: CursorKind): boolean {
  if (value === null) return kind === 'moment-or-nothing'
  if (typeof value !== 'string') return false
  switch (kind) {
    case 'text':
      // Postgres keeps no null characters, and refuses to compare with one.
      return value.length <= TEXT_LENGTH_MAX && !value.includes('\0')
    case 'uuid':
      return UUID.test(value)
    case 'count':
      return COUNT.test(value)
    case 'moment':
    case 'moment-or-nothing':
      return MOMENT.test(value) && isDay(value.slice(0, 10))
  }
}

/** The thirty-first of February fits the pattern, and no calendar. */
function isDay(day: string): boolean {
  const moment = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
