import type { Actor } from '../permissions/actor.ts'
import type { RateName } from './schema.ts'

/** Who is asking, by what their requests are counted and their idempotency keys kept. */
export type Caller = { actor: Actor; rate: RateName; name: string }

/** The caller behind a token: two tokens of one app, for one person, are one caller. */
export function callerWithToken(actor: Actor): Caller {
  if (actor.kind === 'app') return { actor, rate: 'app', name: actor.appId }
  if (actor.kind !== 'user') throw new Error('No token speaks for the system.')
  const { userId, through } = actor
  const name = through ? `${userId} ${through.appId} ${through.rootOrganizationId}` : userId
  return { actor, rate: 'person', name }
}
