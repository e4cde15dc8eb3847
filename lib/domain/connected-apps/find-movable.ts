import { and, eq, isNull } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { type Id, isId } from '../../base/ids.ts'
import type { Actor } from '../permissions/actor.ts'
import { absentTo, check } from '../permissions/check.ts'
import type { App } from './open-app.ts'

const ABSENT = 'There is no such app here.'

/** An app that the actor may take from where it resides, only looked at. One they may not see is refused like one that does not exist. */
export async function findMovable(tx: Database | Transaction, actor: Actor, appId: Id<'app'>): Promise<App> {
  const [app] = isId('app', appId)
    ? await tx
        .select()
        .from(connectedApps)
        .where(and(eq(connectedApps.id, appId), isNull(connectedApps.endedAt)))
    : []
  if (!app) throw await absentTo(tx, actor, ABSENT)
  const visible = { permission: 'connected-apps.view', absent: ABSENT } as const
  await check(tx, actor, 'connected-apps.move', app, visible)
  return app
}
