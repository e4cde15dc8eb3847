import { type Id, type IdKind, idOf, isId, uuidOf } from '../../base/ids.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An id as a script sends it: a bare UUID, as Anypoint has them, or one of ours. Null: it is neither. */
export function idIn<K extends IdKind>(kind: K, text: unknown): Id<K> | null {
  if (isId(kind, text)) return text
  return typeof text === 'string' && UUID.test(text) ? idOf(kind, text.toLowerCase()) : null
}

/** An id as a script reads it: the bare UUID. */
export const bare = (id: string): string => uuidOf(id)
