/** Crockford's alphabet in lower case, as TypeID uses it. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** 26 of its characters hold 130 bits: the first two are zero. */
const BASE32 = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/

/** Ten bits as two characters, and eight bits as two digits: a request turns some twenty ids from one form into the other. */
const PAIRS = Array.from({ length: 1024 }, (_, bits) => `${ALPHABET[bits >> 5]}${ALPHABET[bits & 31]}`)
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const DIGITS = new Uint8Array(128)
for (let digit = 0; digit < 16; digit++) {
  DIGITS[digit.toString(16).charCodeAt(0)] = digit
  DIGITS[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}
const VALUES = new Uint8Array(128)
for (const [value, character] of [...ALPHABET].entries()) VALUES[character.charCodeAt(0)] = value

/** A UUID of 36 characters as 26 of base32. */
export function base32OfUuid(uuid: string): string {
  const a = (sixteen(uuid, 0) << 16) | sixteen(uuid, 4)
  const b = (sixteen(uuid, 9) << 16) | sixteen(uuid, 14)
  const c = (sixteen(uuid, 19) << 16) | sixteen(uuid, 24)
  const d = (sixteen(uuid, 28) << 16) | sixteen(uuid, 32)
  return (
    pair(a >>> 24) +
    pair(a >>> 14) +
    pair(a >>> 4) +
    pair((a << 6) | (b >>> 26)) +
    pair(b >>> 16) +
    pair(b >>> 6) +
    pair((b << 4) | (c >>> 28)) +
    pair(c >>> 18) +
    pair(c >>> 8) +
    pair((c << 2) | (d >>> 30)) +
    pair(d >>> 20) +
    pair(d >>> 10) +
    pair(d)
  )
}

/** Whether this is what `base32OfUuid` could have written. */
export function isBase32OfUuid(text: string): boolean {
  return BASE32.test(text)
}

/** The UUID again; throws at anything else. */
export function uuidOfBase32(text: string): string {
  if (!BASE32.test(text)) throw new Error('That is no identifier in base32.')
  const ten = (at: number) =>
    ((VALUES[text.charCodeAt(at)] as number) << 5) | (VALUES[text.charCodeAt(at + 1)] as number)
  const a = (ten(0) << 24) | (ten(2) << 14) | (ten(4) << 4) | (ten(6) >> 6)
  const b = (ten(6) << 26) | (ten(8) << 16) | (ten(10) << 6) | (ten(12) >> 4)
  const c = (ten(12) << 28) | (ten(14) << 18) | (ten(16) << 8) | (ten(18) >> 2)
  const d = (ten(18) << 30) | (ten(20) << 20) | (ten(22) << 10) | ten(24)
  return `${high(a)}${low(a)}-${high(b)}-${low(b)}-${high(c)}-${low(c)}${high(d)}${low(d)}`
}

/** The four hexadecimal digits from there on. */
function sixteen(uuid: string, at: number): number {
  return (
    (digit(uuid, at) << 12) | (digit(uuid, at + 1) << 8) | (digit(uuid, at + 2) << 4) | digit(uuid, at + 3)
  )
}

function digit(uuid: string, at: number): number {
  return DIGITS[uuid.charCodeAt(at)] as number
}

function pair(bits: number): string {
  return PAIRS[bits & 1023] as string
}

function high(word: number): string {
  return (BYTES[word >>> 24] as string) + (BYTES[(word >>> 16) & 255] as string)
}

function low(word: number): string {
  return (BYTES[(word >>> 8) & 255] as string) + (BYTES[word & 255] as string)
}
