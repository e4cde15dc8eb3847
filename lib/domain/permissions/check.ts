import type { Database, Transaction } from '#db/client'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from './actor.ts'
import { PERMISSIONS, type Permission } from './catalogue.ts'
import { may, type Place } from './may.ts'
import { governsAnywhere, type Standing, standingOf } from './standing.ts'

/**
 * Refuses unless the actor may do this at this place. `visible` is the permission that lets them know the
 * thing is there at all: without it the answer is the same "not found" as for something that does not exist.
 * Someone who neither administers nor develops anywhere is told "forbidden" whatever they ask for.
 */
export async function check(
  tx: Database | Transaction,
  actor: Actor,
  permission: Permission,
  place: Place,
  visible: { permission: Permission; absent: string } | null = null,
): Promise<void> {
  const standing = await standingOf(tx, actor, place.organizationId)
  await checkStanding(tx, actor, standing, permission, place, visible)
}

/** The same for whoever has read the actor's standing there already. */
export async function checkStanding(
  tx: Database | Transaction,
  actor: Actor,
  standing: Standing,
  permission: Permission,
  place: Place,
  visible: { permission: Permission; absent: string } | null,
): Promise<void> {
  if (may(actor, permission, place, standing)) return
  if (visible && !may(actor, visible.permission, place, standing))
    throw await absentTo(tx, actor, visible.absent)
  throw new Refusal('forbidden', `You need another role for this: ${PERMISSIONS[permission].sentence}`)
}

/** What to say of a thing that is not there, or that this actor may not know of: the two are told apart by nobody. */
export async function absentTo(tx: Database | Transaction, actor: Actor, sentence: string): Promise<Refusal> {
  if (await governsAnywhere(tx, actor)) return new Refusal('not-found', sentence)
  return new Refusal('forbidden', 'Connected Apps is for administrators and developers.')
}
