import type { Database, Transaction } from '#db/client'
import type { Actor } from '../permissions/actor.ts'
import { may } from '../permissions/may.ts'
import { standingOf } from '../permissions/standing.ts'
import type { App } from './open-app.ts'

/** Whether the actor may let this app introspect every token of its root organization, and so may do it by its credentials. */
export async function mayLetIntrospect(tx: Database | Transaction, actor: Actor, app: App): Promise<boolean> {
  const standing = await standingOf(tx, actor, app.organizationId)
  return may(actor, 'connected-apps.let-introspect', app, standing)
}
