import { randomBytes } from 'node:crypto'
import { type Id, type IdKind, idOf } from '#lib/base/ids'

const MILLISECONDS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const
export const DAY = MILLISECONDS.d
export const HOUR = MILLISECONDS.h

const WORK_BEGINS_MINUTES = 7 * 60
const WORK_LASTS_MINUTES = 10 * 60
/** Prime, so that neighbouring days fall far apart. */
const SCATTER = 7_919

/** How long a span such as `2m`, `5h` or `41d` is, in milliseconds. */
function lengthOf(span: string): number {
  const [, count, unit] = span.match(/^(\d+)([mhd])$/) ?? []
  if (!count || !unit) throw new Error(`"${span}" is no span of time.`)
  return Number(count) * MILLISECONDS[unit as keyof typeof MILLISECONDS]
}

/** The moments of the demo, all told from one now. */
export type Clock = {
  now: Date
  /** That long ago; an `-` is never. */
  ago(span: string): Date
  agoOrNever(span: string): Date | null
  ahead(span: string): Date
}

export function clockAt(now: Date): Clock {
  const ago = (span: string) => atWork(new Date(now.getTime() - lengthOf(span)), span)
  return {
    now,
    ago,
    agoOrNever: (span) => (span === '-' ? null : ago(span)),
    ahead: (span) => new Date(now.getTime() + lengthOf(span)),
  }
}

/** What is told in days happened at a time of day when people work, the same for the same span; order is kept. */
function atWork(moment: Date, span: string): Date {
  const days = lengthOf(span) / DAY
  if (!span.endsWith('d') || days < 2) return moment
  const minutes = WORK_BEGINS_MINUTES + ((days * SCATTER) % WORK_LASTS_MINUTES)
  const midnight = new Date(moment).setUTCHours(0, 0, 0, 0)
  return new Date(midnight + minutes * MILLISECONDS.m + ((days * SCATTER) % MILLISECONDS.m))
}

/** The earlier of two moments. */
export function earlier(one: Date, other: Date): Date {
  return new Date(Math.min(one.getTime(), other.getTime()))
}

/** The same moment, moved. */
export function later(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds)
}

/** An id as it would have been made at that moment (UUIDv7, RFC 9562 §5.7): lists order by it. */
export function idAt<K extends IdKind>(kind: K, moment: Date): Id<K> {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(moment.getTime(), 0, 6)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return idOf(kind, parts.join('-'))
}
