import { z } from 'zod'
import { ID_PREFIXES, type Id, type IdKind, isId } from './ids.ts'

/** An id of one kind, in an input or an answer. Says in the API's document how such an id is written. */
export function idSchema<K extends IdKind>(kind: K, sentence: string) {
  const prefix = ID_PREFIXES[kind]
  return z
    .custom<Id<K>>((value) => isId(kind, value), sentence)
    .meta({
      type: 'string',
      pattern: `^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`,
      examples: [`${prefix}_01k9f7q2zre5tbm0w4h8xv6cjd`],
    })
}
