import type { z } from 'zod'
import { Refusal } from './refusal.ts'

/** Reads an input by its schema, or refuses with a sentence per field. Null characters, which Postgres cannot keep, are refused everywhere. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) {
    refuseNullCharacters(result.data)
    return result.data
  }
  const fields: Record<string, string> = {}
  for (const issue of result.error.issues) fields[issue.path.join('.')] ??= issue.message
  const first = result.error.issues[0]?.message ?? 'The input could not be read.'
  throw new Refusal('invalid', first, fields)
}

function refuseNullCharacters(value: unknown): void {
  if (typeof value === 'string' && value.includes('\0')) {
    throw new Refusal('invalid', 'The input holds a character that no text has (U+0000).')
  }
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(refuseNullCharacters)
}
