import { eq, sql } from 'drizzle-orm'
import { type Transaction, transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { organizations } from '#db/schema/organizations'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { openOrganization } from '../organizations/open-organization.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { findMovable } from './find-movable.ts'
import { openApp } from './open-app.ts'
import { refuseAppMove } from './refuse-app-move.ts'
import { refuseOwnGain } from './refuse-own-gain.ts'
import { refuseStaleSave } from './refuse-stale-save.ts'
import { type MoveAppInput, moveAppSchema } from './schema.ts'

/**
 * Lets an app reside in another organization of its tree: from then on whoever administers that one looks after it. Its owner,
 * client ID, secrets, redirect URIs, scopes, and what people authorized stay. Asked of the organization it leaves and of
 * the one it comes to. There again nothing changes. Refuses another tree, an owner who neither administers nor develops
 * there, one whose quota there is full, places of the app that would lie outside,
 * an app that introspects where others than the root's administrators would rule it, a move over somebody's newer save, and
 * an app that would move itself.
 */
export async function moveApp(actor: Actor, input: MoveAppInput): Promise<{ version: number }> {
  const { appId, organizationId, version } = parse(moveAppSchema, input)
  return transaction(async (tx) => {
    await findMovable(tx, actor, appId)
    // The tree is held before the app, as by everybody who holds both: it may change under neither.
    const to = await openOrganization(tx, actor, organizationId, 'connected-apps.move')
    const app = await openApp(tx, actor, appId, 'connected-apps.move')
    await refuseStaleSave(tx, actor, app, version)
    if (app.organizationId === to.id) return { version: app.version }
    await refuseOwnGain(tx, actor, app.id)
    await refuseAppMove(tx, actor, app, to)
    const next = app.version + 1
    await tx
      .update(connectedApps)
      .set({ organizationId: to.id, version: next, updatedAt: sql`now()`, updatedBy: personOf(actor) })
      .where(eq(connectedApps.id, app.id))
    await record(tx, actor, {
      name: 'connected-app.moved',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: to.id,
      appId: app.id,
      subject: { id: app.id, name: app.name },
      details: {
        version: next,
        changed: { organizationId: { before: app.organizationId, after: to.id } },
        before: await nameOf(tx, app.organizationId),
        after: to.name,
      },
    })
    return { version: next }
  })
}

async function nameOf(tx: Transaction, organizationId: Id<'organization'>): Promise<string | undefined> {
  const [row] = await tx
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
  return row?.name
}
