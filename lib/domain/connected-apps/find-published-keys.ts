import { log } from '../../base/log.ts'
import { readPublicJson, Unreachable } from '../../base/outbound.ts'
import { type PublicKey, type PublishedVerdict, readPublishedKeys } from './read-keys.ts'

/** So long what was fetched is used without asking again: what was taken down there works no longer than that. */
const FRESH_SECONDS = 300
/** A key that is not known yet is asked for, but no more often: assertions cost nothing to make up. */
const PAUSE_SECONDS = 30
/** So long a key that was read once is good while its address, or it alone, cannot be read: a server of keys that is restarted stops no app. */
const GOOD_SECONDS = 3600
const DOCUMENT_BYTES_MAX = 64_000
const ADDRESSES_KEPT_MAX = 1000

export type Published = {
  keys: PublicKey[]
  /** Why the address could not be read, or not all of it. What was read there within the last hour is among the keys still. */
  problem: string | null
  /** When it was asked. */
  fetchedAt: Date
  /** When the oldest of the keys was read. */
  readAt: Date | null
}

/** A key as it was last read well, by the clock that never jumps and by the other. */
type Good = { key: PublicKey; at: number; readAt: Date }
type Kept = { asked: Promise<Published>; at: number; good: readonly Good[] }

/** Native Node and Next's bundle each load this file: what was fetched is kept once. */
const shared = globalThis as typeof globalThis & { gatehousePublishedKeys?: Map<string, Kept> }

/**
 * The keys an app publishes at its address. What was fetched within five minutes is used again; `isAnew` asks for keys that
 * came since, at most every 30 seconds. Where the address cannot be read, or a key that still stands there is garbled, what was
 * read before stays good for an hour from then, and it is said why. A set of keys that can be read ends what it no longer names, if that
 * is all of them too, and a private key that is published ends them all at once.
 */
export function findPublishedKeys(uri: string, { isAnew = false } = {}): Promise<Published> {
  shared.gatehousePublishedKeys ??= new Map()
  const kept = shared.gatehousePublishedKeys
  const known = kept.get(uri)
  const age = known ? secondsSince(known.at) : Number.POSITIVE_INFINITY
  if (known && age < (isAnew ? PAUSE_SECONDS : FRESH_SECONDS)) return known.asked
  const entry: Kept = { at: performance.now(), good: known?.good ?? [], asked: readAnew(uri, () => entry) }
  kept.delete(uri)
  kept.set(uri, entry)
  const [oldest] = kept.keys()
  if (kept.size > ADDRESSES_KEPT_MAX && oldest) kept.delete(oldest)
  return entry.asked
}

async function readAnew(uri: string, entryOf: () => Kept): Promise<Published> {
  const verdict = await fetchKeys(uri)
  const entry = entryOf()
  const { good, problem } = sum(verdict, entry.good)
  entry.good = good
  if (problem) {
    const host = URL.parse(uri)?.host
    log().warn({ host, problem, keysKept: good.length }, 'the keys an app publishes could not be read')
  }
  const [oldest] = good.toSorted((a, b) => a.at - b.at)
  return { keys: good.map(({ key }) => key), problem, fetchedAt: new Date(), readAt: oldest?.readAt ?? null }
}

/** What counts now: what was read, and of what was read before that which is named there still, or all of it where no set was read. */
function sum(verdict: PublishedVerdict, former: readonly Good[]): { good: Good[]; problem: string | null } {
  const young = former.filter(({ at }) => secondsSince(at) < GOOD_SECONDS)
  if ('error' in verdict) return { good: verdict.isGivenAway ? [] : young, problem: verdict.error }
  const now = { at: performance.now(), readAt: new Date() }
  const read = verdict.keys.map((key) => ({ key, ...now }))
  const names = new Set(read.map(({ key }) => key.kid))
  const stay = young.filter(({ key }) => verdict.unread.includes(key.kid) && !names.has(key.kid))
  const someStay = stay.length > 0 ? 'Not every key there can be read any more.' : null
  return { good: [...read, ...stay], problem: verdict.problem ?? someStay }
}

function secondsSince(at: number): number {
  return (performance.now() - at) / 1000
}

async function fetchKeys(uri: string): Promise<PublishedVerdict> {
  try {
    return readPublishedKeys(await readPublicJson(uri, { bytesMax: DOCUMENT_BYTES_MAX }))
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return { error: error.message }
  }
}
