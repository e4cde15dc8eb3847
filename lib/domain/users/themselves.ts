import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'

/**
 * The person who asks, if it is they themselves, signed in here: an app or a script that acts for a person never sees or changes who they
 * are, how they sign in, or where they are signed in.
 */
export function themselves(actor: Actor): Id<'user'> {
  if (actor.kind === 'user' && !actor.through && !actor.byPassword) return actor.userId
  throw new Refusal('forbidden', 'Only the person themselves can do this, signed in at Gatehouse.')
}
