import { randomFillSync } from 'node:crypto'

/** Asking the system for a few bytes costs as much as asking for many. */
const DRAWN_AT_ONCE = 4096

let drawn = Buffer.alloc(0)

/** Random bytes nobody was given before, fit for secrets; a few at a time. */
export function freshBytes(count: number): Buffer {
  if (drawn.byteLength < count) drawn = randomFillSync(Buffer.alloc(DRAWN_AT_ONCE))
  const bytes = drawn.subarray(0, count)
  drawn = drawn.subarray(count)
  return bytes
}
