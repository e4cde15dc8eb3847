import { sql } from 'drizzle-orm'
import { database } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { findRotatable } from './find-rotatable.ts'
import { bulkRotationSchema } from './schema.ts'

export type RotationDue = {
  /** How many marked apps' secrets the actor may rotate. */
  ready: number
  /** What marked them, where it was one and the same thing: a person left, or lost a role, and their apps moved. */
  moved: { apps: number; from: string; to: string; trigger: string; at: Date } | null
}

/** Beyond that nobody asks for each. */
const EXPLAINED_MAX = 200

/** Why the apps of a branch are marked, and how many secrets the actor may rotate for it. For whoever may begin a bulk rotation. */
export async function getRotationDue(actor: Actor, organizationId: Id<'organization'>): Promise<RotationDue> {
  const wanted = parse(bulkRotationSchema, { organizationId, which: 'due' })
  const { apps } = await findRotatable(database(), actor, wanted)
  const ready = apps.filter(({ outcome }) => outcome === 'ready').length
  const isFew = apps.length > 0 && apps.length <= EXPLAINED_MAX
  return { ready, moved: isFew ? await sameMoveOf(apps.map(({ id }) => id)) : null }
}

type Move = { from: string | null; to: string | null; trigger: string | null; at: string }

async function sameMoveOf(apps: readonly Id<'app'>[]): Promise<RotationDue['moved']> {
  const moves = await database().execute<Move>(sql`
    select e.details->>'previousOwner' as from, e.details->>'newOwner' as to, e.details->>'trigger' as trigger,
      e.occurred_at as at
    from unnest(${sql.param(`{${apps.map(uuidOf).join(',')}}`)}::uuid[]) as due(id)
    cross join lateral (
      select details, occurred_at from events
      where app_id = due.id and name = 'connected-app.owner-changed' order by id desc limit 1) e`)
  const [first] = moves
  const isOne = moves.every((one) => one.from === first?.from && one.trigger === first?.trigger)
  if (!first?.from || !first.to || !first.trigger || !isOne || moves.length < apps.length) return null
  return {
    apps: moves.length,
    from: first.from,
    to: first.to,
    trigger: first.trigger,
    at: new Date(first.at),
  }
}
