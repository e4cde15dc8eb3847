import { createPublicKey } from 'node:crypto'
import type { Id } from '../../base/ids.ts'
import { addKeys } from '../../domain/connected-apps/add-keys.ts'
import { endKey } from '../../domain/connected-apps/end-key.ts'
import { findKeysOfApps, type RegisteredKey } from '../../domain/connected-apps/find-keys-of-apps.ts'
import { type PublicKey, readKeys } from '../../domain/connected-apps/read-keys.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import { AnypointProblem } from './problem.ts'

/** The keys a body names, as PEM; undefined: it says nothing of keys. What is no good is refused before anything is saved. */
export function keysIn({ public_keys: given }: Record<string, unknown>): PublicKey[] | undefined {
  if (given === undefined || given === null) return undefined
  if (!Array.isArray(given) || !given.every((one) => typeof one === 'string')) {
    throw new AnypointProblem(400, 'public_keys is a list of keys in PEM.')
  }
  if (given.length === 0) return []
  const read = readKeys(given.join('\n'))
  if ('error' in read) throw new AnypointProblem(400, read.error)
  return read.keys
}

/** Makes these the app's keys: what is new is added, what is not named any more is ended, and what stays stays as it was. */
export async function setKeys(
  actor: Actor,
  appId: Id<'app'>,
  wanted: readonly PublicKey[] | undefined,
): Promise<void> {
  if (!wanted) return
  const held = (await findKeysOfApps([appId])).get(appId) ?? []
  const isHeld = (key: PublicKey) => held.some((one) => pemOf(one.jwk) === pemOf(key.jwk))
  const added = wanted.filter((key) => !isHeld(key))
  if (added.length > 0) {
    const keys = added.map(({ kid, jwk }) => ({ ...jwk, kid }))
    await addKeys(actor, { appId, keys: { keys } })
  }
  const ended = held.filter(({ jwk }) => !wanted.some((key) => pemOf(key.jwk) === pemOf(jwk)))
  for (const { keyId } of ended) await endKey(actor, { appId, keyId })
}

export function pemsOf(keys: readonly RegisteredKey[] = []): string[] {
  return keys.map(({ jwk }) => pemOf(jwk))
}

function pemOf(jwk: Record<string, string>): string {
  return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()
}
