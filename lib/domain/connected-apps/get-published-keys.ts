import type { Id } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { findPublishedKeys } from './find-published-keys.ts'
import { getApp } from './get-app.ts'

export type PublishedKeys = {
  jwksUri: string | null
  /** Why they could not be read anew, in words; null when all is well, or when there is no address. */
  problem: string | null
  fetchedAt: Date | null
  /** When the oldest of these keys was read: before `fetchedAt` where there is a problem. */
  readAt: Date | null
  keys: { kid: string; kind: string }[]
}

/** What an app publishes at its address at the moment, as the token endpoint sees it. */
export async function getPublishedKeys(actor: Actor, appId: Id<'app'>): Promise<PublishedKeys> {
  const { jwksUri } = await getApp(actor, appId)
  if (!jwksUri) return { jwksUri, problem: null, fetchedAt: null, readAt: null, keys: [] }
  const { keys, problem, fetchedAt, readAt } = await findPublishedKeys(jwksUri, { isAnew: true })
  return { jwksUri, problem, fetchedAt, readAt, keys: keys.map(({ kid, kind }) => ({ kid, kind })) }
}
