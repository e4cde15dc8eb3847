import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'

/**
 * Refuses an app, for itself or for a person, that would let itself or an app it registered do more: nobody opens
 * their own door.
 */
export async function refuseOwnGain(tx: Transaction, actor: Actor, appId: Id<'app'>): Promise<void> {
  const asking = actor.kind === 'app' ? actor.appId : actor.kind === 'user' ? actor.through?.appId : undefined
  if (!asking) return
  const forebears = await tx.execute(sql`
    with recursive forebears as (
      select id, registered_by_app_id from connected_apps where id = ${uuidOf(appId)}::uuid
      union
      select a.id, a.registered_by_app_id from connected_apps a join forebears f on a.id = f.registered_by_app_id)
    select from forebears where id = ${uuidOf(asking)}::uuid`)
  if (forebears.length === 0) return
  throw new Refusal('forbidden', 'An app cannot do this for itself, nor for an app it registered.')
}
