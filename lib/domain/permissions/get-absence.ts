import { database } from '#db/client'
import type { Refusal } from '../../base/refusal.ts'
import type { Actor } from './actor.ts'
import { absentTo } from './check.ts'

/** What to say of an id that cannot name anything: the same as of one that names nothing. */
export function getAbsence(actor: Actor): Promise<Refusal> {
  return absentTo(database(), actor, 'There is nothing of that ID here.')
}
