import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../../domain/permissions/actor.ts'
import { currentActor } from './actor.ts'
import { type ConsoleRefusal, refusalOf } from './refuse.ts'

export type ActionResult<T> = { ok: true; value: T } | { ok: false; refusal: ConsoleRefusal }

/**
 * A verb as a server action: finds out who is asking, calls the verb, and answers with its value or its refusal.
 * Thrown errors would reach the browser masked, so a "no" is a value. Next has checked the request's origin before.
 */
export function consoleAction<Input, Value>(verb: (actor: Actor, input: Input) => Promise<Value>) {
  return async (input: Input): Promise<ActionResult<Value>> => {
    try {
      const actor = await currentActor()
      if (!actor)
        throw new Refusal('unauthenticated', 'You are signed out. Sign in again to go on; nothing was saved.')
      return { ok: true, value: await verb(actor, input) }
    } catch (thrown) {
      return { ok: false, refusal: refusalOf(thrown) }
    }
  }
}
