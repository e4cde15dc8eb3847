import { typeidUnboxed } from 'typeid-js'
import { base32OfUuid, isBase32OfUuid, uuidOfBase32 } from './uuid-base32.ts'

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
  group: 'grp',
  invitation: 'inv',
  mail: 'mai',
  appKey: 'jwk',
  bulkRotation: 'rot',
  removal: 'rem',
} as const

/** Each prefix has as many letters. */
const PREFIX_LENGTH = 3

export type IdKind = keyof typeof ID_PREFIXES
export type Id<K extends IdKind> = `${(typeof ID_PREFIXES)[K]}_${string}`

/** A fresh id; ids made later sort later. */
export function newId<K extends IdKind>(kind: K): Id<K> {
  return typeidUnboxed(ID_PREFIXES[kind]) as string as Id<K>
}

/** Whether `text` is a well-formed id of that kind. Says nothing about whether the thing exists. */
export function isId<K extends IdKind>(kind: K, text: unknown): text is Id<K> {
  const prefix = ID_PREFIXES[kind]
  return (
    typeof text === 'string' && text.startsWith(`${prefix}_`) && isBase32OfUuid(text.slice(prefix.length + 1))
  )
}

/** The bare UUID of an id, as the database keeps it. Throws at what is no id. */
export function uuidOf(id: string): string {
  if (id[PREFIX_LENGTH] !== '_') throw new Error('An identifier begins with what it names.')
  return uuidOfBase32(id.slice(PREFIX_LENGTH + 1))
}

/** The id of that kind for a bare UUID. */
export function idOf<K extends IdKind>(kind: K, uuid: string): Id<K> {
  return `${ID_PREFIXES[kind]}_${base32OfUuid(uuid)}`
}
