import { database } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { bulkRotationSchema } from './credentials-schema.ts'
import { findMarkCauses } from './find-mark-causes.ts'
import { findRotatable } from './find-rotatable.ts'
import type { MarkCause } from './mark-causes.ts'
import type { RotationOutcome } from './rules.ts'

export type RotationDue = {
  /** How many marked apps' secrets the actor may rotate. */
  ready: number
  /** How many are marked and cannot be rotated by the actor now, and why. */
  leftOut: Partial<Record<RotationOutcome, number>>
  /** What marked them all, where it was one and the same thing: somebody left, or handed them over. */
  because: MarkCause | null
}

/** Beyond that nobody asks for each. */
const EXPLAINED_MAX = 200

/** Why the apps of a branch are marked, and how many secrets the actor may rotate for it. For whoever may begin a bulk rotation. */
export async function getRotationDue(actor: Actor, organizationId: Id<'organization'>): Promise<RotationDue> {
  const wanted = parse(bulkRotationSchema, { organizationId, which: 'due' })
  const { apps } = await findRotatable(database(), actor, wanted)
  const isFew = apps.length > 0 && apps.length <= EXPLAINED_MAX
  const { ready = [], ...others } = Object.groupBy(apps, ({ outcome }) => outcome)
  return {
    ready: ready.length,
    leftOut: Object.fromEntries(Object.entries(others).map(([outcome, some]) => [outcome, some.length])),
    because: isFew ? await sameCauseOf(apps.map(({ id }) => id)) : null,
  }
}

/** What marked all of them, if it was the same for each. */
async function sameCauseOf(apps: readonly Id<'app'>[]): Promise<MarkCause | null> {
  const causes = [...(await findMarkCauses(apps)).values()]
  const [first] = causes
  if (!first || causes.length < apps.length) return null
  return causes.every((one) => isAlike(one, first)) ? first : null
}

function isAlike(one: MarkCause, other: MarkCause): boolean {
  if (`${one.formerOwners}` !== `${other.formerOwners}`) return false
  if (one.kind === 'forgotten' || other.kind === 'forgotten') return one.kind === other.kind
  return one.from === other.from && one.to === other.to && one.trigger === other.trigger
}
