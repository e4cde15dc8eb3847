import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'

/**
 * Forgets the new secrets of a bulk rotation that still wait sealed. Nobody knows them, so that their apps are due again,
 * unless a newer secret was made meanwhile.
 */
export async function forgetSealed(tx: Transaction, bulkRotationId: Id<'bulkRotation'>): Promise<void> {
  const rotation = sql`${uuidOf(bulkRotationId)}::uuid`
  await tx.execute(sql`
    update connected_apps c set rotation_due_since = coalesce(c.rotation_due_since, now())
    from bulk_rotation_apps a join app_secrets made on made.id = a.secret_id
    where a.bulk_rotation_id = ${rotation} and c.id = a.app_id and a.sealed_secret is not null
      and not exists (select from app_secrets s where s.app_id = c.id and s.created_at > made.created_at)`)
  await tx.execute(sql`
    update bulk_rotation_apps set sealed_secret = null where bulk_rotation_id = ${rotation}`)
}
