import { database } from '#db/client'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { type BulkRotationInput, bulkRotationSchema } from './credentials-schema.ts'
import { findRotatable, type RotatableApp, refuseTooMany } from './find-rotatable.ts'
import type { RotationOutcome } from './rules.ts'

export type RotationPreview = {
  /** How many of the apps named become what. */
  counts: Record<RotationOutcome, number>
  /** Of those to be rotated: how many have a secret that something used within the last three days. */
  inUse: number
  /** The first of those to be rotated, and the first of those left out, by name. */
  ready: Pick<RotatableApp, 'id' | 'name' | 'live' | 'inUse'>[]
  skipped: Pick<RotatableApp, 'id' | 'name' | 'outcome'>[]
}

/** As many as are read before somebody presses the button. */
const NAMES_SHOWN_MAX = 100

/** What a bulk rotation would do, before it is begun: which apps, how many, and which are left out and why. */
export async function previewBulkRotation(actor: Actor, input: BulkRotationInput): Promise<RotationPreview> {
  const found = await findRotatable(database(), actor, parse(bulkRotationSchema, input))
  refuseTooMany(found)
  const { apps } = found
  const counts = { ready: 0, 'public-client': 0, 'not-held': 0, full: 0, underway: 0 }
  for (const { outcome } of apps) counts[outcome] += 1
  const ready = apps.filter(({ outcome }) => outcome === 'ready')
  return {
    counts,
    inUse: ready.filter(({ inUse }) => inUse > 0).length,
    ready: ready.slice(0, NAMES_SHOWN_MAX).map(({ id, name, live, inUse }) => ({ id, name, live, inUse })),
    skipped: apps
      .filter(({ outcome }) => outcome !== 'ready')
      .slice(0, NAMES_SHOWN_MAX)
      .map(({ id, name, outcome }) => ({ id, name, outcome })),
  }
}
