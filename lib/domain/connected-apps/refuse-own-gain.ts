import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { type Id, idOf, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'

/** Why an app is refused what would change its own standing. */
export const OWN_GAIN = 'An app cannot do this for itself, nor for an app it registered.'

/**
 * Refuses an app, for itself or for a person, that would let itself or an app it registered do more: nobody opens
 * their own door.
 */
export async function refuseOwnGain(
  tx: Database | Transaction,
  actor: Actor,
  appId: Id<'app'>,
): Promise<void> {
  const own = await itselfAndChildren(tx, actor)
  if (own.has(appId)) throw new Refusal('forbidden', OWN_GAIN)
}

/** The app that is asking, for itself or for a person, and all it registered; nothing where a person asks. */
export async function itselfAndChildren(
  tx: Database | Transaction,
  actor: Actor,
): Promise<ReadonlySet<Id<'app'>>> {
  const asking = askingApp(actor)
  if (!asking) return new Set()
  const rows = await tx.execute<{ id: string }>(sql`
    with recursive children as (
      select id from connected_apps where id = ${uuidOf(asking)}::uuid
      union
      select a.id from connected_apps a join children c on a.registered_by_app_id = c.id)
    select id from children`)
  return new Set(rows.map(({ id }) => idOf('app', id)))
}

function askingApp(actor: Actor): Id<'app'> | undefined {
  return actor.kind === 'app' ? actor.appId : actor.kind === 'user' ? actor.through?.appId : undefined
}
