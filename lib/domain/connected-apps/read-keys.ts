import { createPublicKey, hash, type KeyObject, X509Certificate } from 'node:crypto'

/** Room for ten keys as large as anyone makes them. */
export const KEYS_TEXT_MAX = 60_000
/** As many as are read from one set, given or published. */
const KEYS_READ_MAX = 20

/** A public key that client assertions can be checked with, in its plainest form. */
export type PublicKey = {
  kid: string
  jwk: Record<string, string>
  /** “RSA, 2048 bits”, “P-256”. */
  kind: string
}
export type KeyVerdict = { key: PublicKey } | { error: string }

const RSA_BITS_MIN = 2048
const RSA_BITS_MAX = 8192
/** Smaller ones are weak; larger ones make each check slow. */
const RSA_EXPONENT = { min: 65_537n, max: 2n ** 32n }
/** Each kind of key signs in its own way (RFC 7518 §3.1, RFC 8037, RFC 9864). */
const ALGORITHMS = {
  RSA: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  'P-256': ['ES256'],
  'P-384': ['ES384'],
  'P-521': ['ES512'],
  Ed25519: ['EdDSA', 'Ed25519'],
} as const
export const ASSERTION_ALGORITHMS = [...new Set(Object.values(ALGORITHMS).flat())]

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv']
const PRIVATE_SENTENCE =
  'This holds a private key. Nobody but the app may have it: make a new pair, and give the public half alone.'
const KINDS_SENTENCE = 'Keys are RSA of 2048 to 8192 bits, P-256, P-384, P-521 or Ed25519.'

/** Reads public keys as people have them: a JWK, a JWKS (RFC 7517), or PEM. One that is no good refuses all. */
export function readKeys(text: string): { keys: PublicKey[] } | { error: string } {
  if (text.length > KEYS_TEXT_MAX) return { error: 'That is more than a set of keys.' }
  const verdicts = text.trimStart().startsWith('{') ? readJson(text) : readPem(text)
  if ('error' in verdicts) return verdicts
  if (verdicts.length === 0) return { error: 'There is no key in it. Give a JWK, a JWKS or PEM.' }
  const keys: PublicKey[] = []
  for (const verdict of verdicts) {
    if ('error' in verdict) return verdict
    keys.push(verdict.key)
  }
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length)
    return { error: 'Two of these keys have the same ID (kid).' }
  return { keys }
}

export type PublishedVerdict =
  /**
   * A set of keys that was read. `unread`: the names (kid) of what stands there too, not said to be for something else, and cannot be
   * read. `problem`: why no key of it is any good.
   */
  | { keys: PublicKey[]; unread: string[]; problem: string | null }
  /** `isGivenAway`: nothing from there can be trusted any more. */
  | { error: string; isGivenAway?: true }

/** Reads what an app publishes: keys for something else, or of kinds we do not know, are none of ours (RFC 7517 §5). */
export function readPublishedKeys(document: unknown): PublishedVerdict {
  const listed = (document as { keys?: unknown } | null)?.keys
  if (!Array.isArray(listed)) return { error: 'What is published there is no set of keys (JWKS).' }
  const isTooMany = listed.length > KEYS_READ_MAX
  const verdicts = isTooMany ? [] : listed.map(readJwk)
  if (verdicts.some((verdict) => 'error' in verdict && verdict.error === PRIVATE_SENTENCE))
    return {
      error: 'A private key is published there: make new pairs, and publish the public halves alone.',
      isGivenAway: true,
    }
  const keys = verdicts.flatMap((verdict) => ('key' in verdict ? [verdict.key] : []))
  const rest = listed.filter((_, at) => !(verdicts[at] && 'key' in verdicts[at]))
  const unread = rest.filter((entry) => !isForElse(entry)).flatMap(kidOf)
  if (keys.length > 0) return { keys, unread, problem: null }
  return { keys, unread, problem: isTooMany ? `There are more than ${KEYS_READ_MAX} keys.` : noneOf(listed) }
}

function noneOf(listed: readonly unknown[]): string {
  if (listed.length === 0) return 'The set of keys published there is empty.'
  return 'None of the keys published there can check a signature.'
}

/** Whether an entry of a set says of itself that it checks no signatures. */
function isForElse(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && otherUseOf(entry) !== null
}

function kidOf(entry: unknown): string[] {
  const kid = (entry as { kid?: unknown } | null)?.kid
  return typeof kid === 'string' ? [kid] : []
}

function readJson(text: string): KeyVerdict[] | { error: string } {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return { error: 'This begins like JSON and is none.' }
  }
  const listed = (document as { keys?: unknown }).keys
  if (listed === undefined) return [readJwk(document)]
  if (!Array.isArray(listed)) return { error: 'In a JWKS, “keys” is a list.' }
  if (listed.length > KEYS_READ_MAX) return { error: `Give at most ${KEYS_READ_MAX} keys.` }
  return listed.map(readJwk)
}

function readPem(text: string): KeyVerdict[] | { error: string } {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return { error: PRIVATE_SENTENCE }
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z ]+)-----[\s\S]*?-----END \1-----/g)]
  if (blocks.length === 0) return { error: 'This is neither a JWK, a JWKS nor PEM.' }
  if (blocks.length > KEYS_READ_MAX) return { error: `Give at most ${KEYS_READ_MAX} keys.` }
  return blocks.map(([block, label = '']) => {
    try {
      return keyOf(
        label === 'CERTIFICATE' ? new X509Certificate(block).publicKey : createPublicKey(block),
        {},
      )
    } catch {
      return { error: `This PEM (${label.toLowerCase()}) cannot be read.` }
    }
  })
}

type Hints = { kid?: unknown; alg?: unknown; use?: unknown; key_ops?: unknown }

function readJwk(jwk: unknown): KeyVerdict {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) return { error: 'A JWK is an object.' }
  const given = jwk as Record<string, unknown> & Hints
  if (given.kty === 'oct' || 'k' in given)
    return { error: 'This is a shared secret, no public key. Use a client secret for that.' }
  if (PRIVATE_MEMBERS.some((member) => member in given)) return { error: PRIVATE_SENTENCE }
  const otherUse = otherUseOf(given)
  if (otherUse) return { error: otherUse }
  const { kty, crv, n, e, x, y } = given as Record<string, string>
  try {
    return keyOf(createPublicKey({ key: { kty, crv, n, e, x, y }, format: 'jwk' }), given)
  } catch {
    return { error: `This JWK is no key that we know. ${KINDS_SENTENCE}` }
  }
}

/** Why a key is none to check signatures with, by what it says of itself, or null. */
function otherUseOf({ use, key_ops }: Hints): string | null {
  if (use !== undefined && use !== 'sig') return 'This key is not for signatures (use).'
  if (key_ops !== undefined && !(Array.isArray(key_ops) && key_ops.includes('verify')))
    return 'This key is not for checking signatures (key_ops).'
  return null
}

function keyOf(key: KeyObject, { kid, alg }: Hints): KeyVerdict {
  const plain = key.export({ format: 'jwk' }) as Record<string, string>
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  const isRsa = key.asymmetricKeyType === 'rsa'
  if (isRsa && (modulusLength < RSA_BITS_MIN || modulusLength > RSA_BITS_MAX))
    return { error: `This RSA key has ${modulusLength} bits. ${KINDS_SENTENCE}` }
  if (
    isRsa &&
    (publicExponent < RSA_EXPONENT.min || publicExponent > RSA_EXPONENT.max || publicExponent % 2n === 0n)
  )
    return { error: 'This RSA key has an exponent that nobody uses: make it with 65537.' }
  const name = isRsa ? 'RSA' : (plain.crv ?? '')
  const algorithms: readonly string[] | undefined = ALGORITHMS[name as keyof typeof ALGORITHMS]
  if (!algorithms) return { error: `This key is of another kind. ${KINDS_SENTENCE}` }
  if (alg !== undefined && !algorithms.includes(alg as string))
    return { error: 'This key does not sign with the algorithm that it names (alg).' }
  if (kid !== undefined && !(typeof kid === 'string' && /^[\x20-\x7e]{1,200}$/.test(kid)))
    return { error: 'The ID of a key (kid) has 1 to 200 printable characters.' }
  const shown = kid ?? thumbprint(plain)
  const jwk = { ...plain, kid: shown, use: 'sig', ...(alg === undefined ? {} : { alg: alg as string }) }
  return { key: { kid: shown, jwk, kind: isRsa ? `RSA, ${modulusLength} bits` : name } }
}

/** RFC 7638: the members that a key has to have, in the order of their names. */
function thumbprint({ kty, crv, n, e, x, y }: Record<string, string>): string {
  const members = kty === 'RSA' ? { e, kty, n } : kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x }
  return hash('sha256', JSON.stringify(members), 'base64url')
}

/** What kind of key a kept one is. */
export function kindOf(jwk: Readonly<Record<string, string>>): string {
  if (jwk.kty !== 'RSA') return jwk.crv ?? ''
  return `RSA, ${Buffer.from(jwk.n ?? '', 'base64url').byteLength * 8} bits`
}

/** Why an address is not taken for one where keys are published, or null. What lies behind it is asked at each fetch. */
export function judgeJwksUri(uri: string): string | null {
  const url = URL.parse(uri)
  if (!url) return 'This is no absolute address.'
  if (url.protocol !== 'https:')
    return 'Keys are fetched by https alone: over http they could be changed on the way.'
  if (url.username || url.password) return 'The address has no user name or password.'
  if (uri.includes('#')) return 'The address has no fragment (#…).'
  if (/[^\x21-\x7e]/.test(uri)) return 'An address has no spaces or special letters.'
  return null
}
