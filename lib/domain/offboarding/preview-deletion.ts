import { sql } from 'drizzle-orm'
import { type Database, database } from '#db/client'
import { type Id, uuidOf } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkAccount } from './check-account.ts'
import { countAuthorizations, countMovingApps, type MovingApps } from './count-effect.ts'
import { refuseOffice } from './refuse-office.ts'
import { type AccountInput, accountSchema } from './schema.ts'

export type DeletionPreview = {
  /** Apps of the person's home root organization; null for an account without a home. */
  apps: MovingApps | null
  /** What moves in other root organizations, where the person is a guest: how much, and nothing of what. */
  elsewhere: { organizations: number; apps: number }
  /** All that the person authorized, anywhere. */
  authorizations: number
}

/** What deleting an account would do, counted now; refused where the act would be. */
export async function previewDeletion(actor: Actor, input: AccountInput): Promise<DeletionPreview> {
  const { userId } = parse(accountSchema, input)
  const db = database()
  const user = await checkAccount(db, actor, userId, 'users.delete')
  await refuseOffice(db, user)
  const home = user.homeOrganizationId
  const [apps, elsewhere, authorizations] = await Promise.all([
    home ? countMovingApps(db, actor, { userId, rootOrganizationId: home, without: 'all' }) : null,
    countElsewhere(db, userId, home),
    countAuthorizations(db, userId),
  ])
  return { apps, elsewhere, authorizations }
}

async function countElsewhere(db: Database, userId: Id<'user'>, home: Id<'organization'> | null) {
  const [row] = await db.execute<{ organizations: number; apps: number }>(sql`
    select count(distinct m.root_organization_id)::int as organizations,
      (select count(*)::int from connected_apps c where c.owner_id = ${uuidOf(userId)}::uuid and c.ended_at is null
        and c.root_organization_id is distinct from ${home && uuidOf(home)}::uuid) as apps
    from memberships m
    where m.user_id = ${uuidOf(userId)}::uuid and m.ended_at is null
      and m.root_organization_id is distinct from ${home && uuidOf(home)}::uuid`)
  return row ?? { organizations: 0, apps: 0 }
}
