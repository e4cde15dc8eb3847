import { z } from 'zod'
import { Refusal } from './refusal.ts'

/** Where a list goes on: the sort values of the last row shown, as one word for a URL. Null at the end of the list. */
export type Cursor = string | null

/** Writes a cursor. */
export function writeCursor(values: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** Reads a cursor of `length` values; absent: the list begins. Refuses what no list of ours wrote. */
export function readCursor(cursor: string | null | undefined, length: number): (string | null)[] | null {
  if (!cursor) return null
  const values = z.array(z.string().max(400).nullable()).length(length).safeParse(parsed(cursor))
  if (!values.success) throw new Refusal('invalid', 'The list cannot go on from there. Begin again.')
  return values.data
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
