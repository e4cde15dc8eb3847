import type { Database, Transaction } from '#db/client'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from './actor.ts'
import type { Permission } from './catalogue.ts'
import { absentTo, checkStanding } from './check.ts'
import type { Place } from './may.ts'
import { type Standing, standingOf } from './standing.ts'

const ABSENT = 'There is no such organization here.'

/**
 * `check` for what is asked for by an organization's id. To people an organization out of reach looks absent. An app
 * with a token of its own knows which organizations were chosen for it: any other, there or not, is forbidden. Whoever
 * has read the actor's standing there hands it in.
 */
export async function checkOrganization(
  tx: Database | Transaction,
  actor: Actor,
  permission: Permission,
  place: Place,
  standing?: Standing,
): Promise<void> {
  const visible =
    actor.kind === 'app' ? null : ({ permission: 'organizations.view', absent: ABSENT } as const)
  const known = standing ?? (await standingOf(tx, actor, place.organizationId))
  await checkStanding(tx, actor, known, permission, place, visible)
}

/** What to say of an organization that is not there. */
export async function absentOrganization(tx: Database | Transaction, actor: Actor): Promise<Refusal> {
  if (actor.kind === 'app') return new Refusal('forbidden', 'This app may not act in that organization.')
  return absentTo(tx, actor, ABSENT)
}
