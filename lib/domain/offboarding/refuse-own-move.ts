import { type SQL, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { uuidOf } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { itselfAndChildren } from '../connected-apps/refuse-own-gain.ts'
import type { Actor } from '../permissions/actor.ts'

/**
 * Refuses an app, for itself or for a person, an act that gives itself or an app it registered another owner, another
 * residence, or other people above it. `which` says which apps `c` the act touches.
 */
export async function refuseOwnMove(tx: Database | Transaction, actor: Actor, which: SQL): Promise<void> {
  const own = [...(await itselfAndChildren(tx, actor))].map(uuidOf)
  if (own.length === 0) return
  const [touched] = await tx.execute<{ name: string }>(sql`
    select c.name from connected_apps c
    where c.ended_at is null and c.id = any(${sql.param(own)}::uuid[]) and (${which}) limit 1`)
  if (!touched) return
  throw new Refusal(
    'forbidden',
    `This would change who rules ${touched.name}, and an app cannot do that for itself, nor for an app it registered. A person can, in the console.`,
  )
}
