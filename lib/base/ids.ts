import { getType, toUUID, typeidUnboxed, fromUUID } from 'typeid-js'

/**
 * Every identifier is one UUIDv7. Outside the database it is written as a prefix and 26 letters of
 * base32 (`app_01k9…`, the TypeID format), so that an id says what it names and cannot be passed
 * where another kind is expected.
 */
export const ID_PREFIXES = {
  user: 'usr',
  session: 'ses',
  organization: 'org',
  environment: 'env',
  membership: 'mem',
  signingKey: 'key',
  app: 'app',
  secret: 'sec',
  api: 'api',
  installation: 'ins',
  entry: 'ent',
  approvalRequest: 'apr',
  authorization: 'aut',
  tokenFamily: 'fam',
  event: 'evt',
} as const

export type IdKind = keyof typeof ID_PREFIXES
export type Id<K extends IdKind> = `${(typeof ID_PREFIXES)[K]}_${string}`

/** A fresh id; ids made later sort later. */
export function newId<K extends IdKind>(kind: K): Id<K> {
  return typeidUnboxed(ID_PREFIXES[kind]) as string as Id<K>
}

/** Whether `text` is a well-formed id of that kind. Says nothing about whether the thing exists. */
export function isId<K extends IdKind>(kind: K, text: unknown): text is Id<K> {
  if (typeof text !== 'string' || !text.startsWith(`${ID_PREFIXES[kind]}_`)) return false
  try {
    return getType(text as never) === ID_PREFIXES[kind] && toUUID(text as never).length === 36
  } catch {
    return false
  }
}

/** The bare UUID of an id, as the database keeps it. */
export function uuidOf(id: string): string {
  return toUUID(id as never)
}

/** The id of that kind for a bare UUID. */
export function idOf<K extends IdKind>(kind: K, uuid: string): Id<K> {
  return fromUUID(uuid, ID_PREFIXES[kind]) as string as Id<K>
}
