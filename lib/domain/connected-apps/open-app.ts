import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { absentTo, check } from '../permissions/check.ts'

export type App = typeof connectedApps.$inferSelect

const ABSENT = 'There is no such app here.'

/**
 * The only way to hold an app in order to change it: finds it, locks its row until the transaction ends (tokens that
 * refer to it may still be written), and checks the permission. An app the actor may not see is refused like one that
 * does not exist.
 */
export async function openApp(
  tx: Transaction,
  actor: Actor,
  appId: Id<'app'>,
  permission: Permission,
): Promise<App> {
  const [app] = isId('app', appId)
    ? await tx
        .select()
        .from(connectedApps)
        .where(and(eq(connectedApps.id, appId), isNull(connectedApps.endedAt)))
        .for('no key update')
    : []
  if (!app) throw await absentTo(tx, actor, ABSENT)
  await check(tx, actor, permission, app, { permission: 'connected-apps.view', absent: ABSENT })
  return app
}
