import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { organizations } from '#db/schema/organizations'
import { type Id, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentOrganization, checkOrganization } from '../permissions/check-organization.ts'
import { findMovable } from './find-movable.ts'
import { refuseAppMove } from './refuse-app-move.ts'
import { refuseOwnGain } from './refuse-own-gain.ts'
import { type PreviewAppMoveInput, previewAppMoveSchema } from './schema.ts'

export type AppMovePreview = {
  /** Administrators who look after it by then, and by then no more; those above both do either way. */
  administratorsGaining: number
  administratorsLosing: number
}

/** What letting an app reside elsewhere would do, counted now. Refuses what the move itself would refuse. */
export async function previewAppMove(actor: Actor, input: PreviewAppMoveInput): Promise<AppMovePreview> {
  const { appId, organizationId } = parse(previewAppMoveSchema, input)
  const db = database()
  const app = await findMovable(db, actor, appId)
  const [to] = await db
    .select()
    .from(organizations)
    .where(and(eq(organizations.id, organizationId), isNull(organizations.endedAt)))
  if (!to) throw await absentOrganization(db, actor)
  const { rootOrganizationId } = to
  await checkOrganization(db, actor, 'connected-apps.move', { organizationId, rootOrganizationId })
  await refuseOwnGain(db, actor, app.id)
  await refuseAppMove(db, actor, app, to)
  return count(db, app.organizationId, organizationId)
}

async function count(
  db: Database,
  from: Id<'organization'>,
  to: Id<'organization'>,
): Promise<AppMovePreview> {
  const administers = (organizationId: Id<'organization'>) => sql`
    select m.user_id from organization_ancestors above
    join memberships m on m.organization_id = above.ancestor_id and m.ended_at is null and m.role = 'administrator'
    join users u on u.id = m.user_id and u.ended_at is null and u.deactivated_at is null
    where above.organization_id = ${uuidOf(organizationId)}::uuid`
  const [counted] = await db.execute<AppMovePreview>(sql`
    select
      (select count(*)::int from (${administers(to)} except ${administers(from)}) gaining) as "administratorsGaining",
      (select count(*)::int from (${administers(from)} except ${administers(to)}) losing) as "administratorsLosing"`)
  if (!counted) throw new Error('A statement of counts gives one row.')
  return counted
}
