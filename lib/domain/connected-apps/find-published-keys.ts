import { readPublicJson, Unreachable } from '../../base/outbound.ts'
import { type PublicKey, readPublishedKeys } from './read-keys.ts'

/** So long what was fetched is used without asking again: what was taken down there works no longer than that. */
const FRESH_SECONDS = 300
/** A key that is not known yet is asked for, but no more often: assertions cost nothing to make up. */
const PAUSE_SECONDS = 30
const DOCUMENT_BYTES_MAX = 64_000
const ADDRESSES_KEPT_MAX = 1000

export type Published = { keys: PublicKey[]; problem: string | null; fetchedAt: Date }

type Kept = { asked: Promise<Published>; at: number }

/** Native Node and Next's bundle each load this file: what was fetched is kept once. */
const shared = globalThis as typeof globalThis & { gatehousePublishedKeys?: Map<string, Kept> }

/**
 * The keys an app publishes at its address. What was fetched within five minutes is used again; `isAnew` asks for keys that
 * came since, at most every 30 seconds. A fetch that fails leaves no keys, and says why.
 */
export function findPublishedKeys(uri: string, { isAnew = false } = {}): Promise<Published> {
  shared.gatehousePublishedKeys ??= new Map()
  const kept = shared.gatehousePublishedKeys
  const known = kept.get(uri)
  const age = known ? (performance.now() - known.at) / 1000 : Number.POSITIVE_INFINITY
  if (known && age < (isAnew ? PAUSE_SECONDS : FRESH_SECONDS)) return known.asked
  const asked = fetchKeys(uri)
  kept.delete(uri)
  kept.set(uri, { asked, at: performance.now() })
  const [oldest] = kept.keys()
  if (kept.size > ADDRESSES_KEPT_MAX && oldest) kept.delete(oldest)
  return asked
}

async function fetchKeys(uri: string): Promise<Published> {
  const fetchedAt = new Date()
  try {
    const read = readPublishedKeys(await readPublicJson(uri, { bytesMax: DOCUMENT_BYTES_MAX }))
    if ('error' in read) return { keys: [], problem: read.error, fetchedAt }
    return { keys: read.keys, problem: null, fetchedAt }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return { keys: [], problem: error.message, fetchedAt }
  }
}
