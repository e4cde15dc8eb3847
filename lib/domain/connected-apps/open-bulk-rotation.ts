import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { bulkRotations } from '#db/schema/connected-apps'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo } from '../permissions/check.ts'
import { checkOrganization } from '../permissions/check-organization.ts'

export type BulkRotation = typeof bulkRotations.$inferSelect

const ABSENT = 'There is no such bulk rotation here.'

/**
 * The only way to hold a bulk rotation in order to change it: locks its row. It is there for whoever began it alone,
 * because its secrets were made in that name: for an app what it began itself, for a person also what an app began for them, should that
 * app be stopped meanwhile. And while they still may begin one there; to anybody else it looks absent.
 */
export async function openBulkRotation(
  tx: Transaction,
  actor: Actor,
  bulkRotationId: Id<'bulkRotation'>,
): Promise<BulkRotation> {
  const [rotation] = isId('bulkRotation', bulkRotationId)
    ? await tx.select().from(bulkRotations).where(eq(bulkRotations.id, bulkRotationId)).for('no key update')
    : []
  return checkBeginner(tx, actor, rotation)
}

/** What `open` checks, for whoever only looks. */
export async function checkBeginner(
  tx: Database | Transaction,
  actor: Actor,
  rotation: BulkRotation | undefined,
): Promise<BulkRotation> {
  if (!rotation || !hasBegun(actor, rotation)) throw await absentTo(tx, actor, ABSENT)
  await checkOrganization(tx, actor, 'connected-apps.rotate-many', rotation)
  return rotation
}

function hasBegun(actor: Actor, { startedBy, startedByAppId }: BulkRotation): boolean {
  switch (actor.kind) {
    case 'user':
      return actor.userId === startedBy && (!actor.through || actor.through.appId === startedByAppId)
    case 'app':
      return startedBy === null && actor.appId === startedByAppId
    case 'system':
      return false
  }
}
