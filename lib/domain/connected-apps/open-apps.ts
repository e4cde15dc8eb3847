import { and, asc, inArray, type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { PERMISSIONS, type Permission } from '../permissions/catalogue.ts'
import { may } from '../permissions/may.ts'
import type { App } from './open-app.ts'
import { itselfAndChildren, OWN_GAIN } from './refuse-own-gain.ts'
import { type appSelectionSchema, SELECTED_APPS_MAX } from './schema.ts'
import { matching, type Reach, reachOf } from './wanted-apps.ts'

/** An app of a selection that an act leaves as it is, and why, in words. */
export type RefusedApp = { appId: Id<'app'>; name: string; sentence: string }
export type OpenedApps = { apps: App[]; refused: RefusedApp[] }

type Selection = ReturnType<typeof appSelectionSchema.parse>
type Wish = {
  permission: Permission
  /** For what an app may not do to itself, nor to what it registered. */
  isGain?: boolean
}

/**
 * The only way to hold many apps in order to change them: finds those of a selection that the actor may see, locks their rows
 * in the order of their ids (two acts that meet never wait for each other in a circle), and checks the permission for
 * each. Those not allowed come back refused, by name; what is absent, or may not be seen, is left out unsaid.
 */
export async function openApps(
  tx: Transaction,
  actor: Actor,
  selection: Selection,
  { permission, isGain = false }: Wish,
): Promise<OpenedApps> {
  const reach = await reachOf(tx, actor, selection.organizationId)
  const { seen, rootOrganizationId } = reach
  refuseWhoMayNowhere(actor, reach, permission)
  const found = await tx
    .select()
    .from(connectedApps)
    .where(and(seen, chosen(rootOrganizationId, selection)))
    .orderBy(asc(connectedApps.id))
    .limit(SELECTED_APPS_MAX + 1)
    .for('no key update')
  if (found.length > SELECTED_APPS_MAX) throw tooMany()
  // Whoever waited may find a business group moved, or their own right gone; where the apps are held, neither moves on.
  const { standings } = await reachOf(tx, actor, selection.organizationId)
  const own = isGain ? await itselfAndChildren(tx, actor) : null
  const apps: App[] = []
  const refused: RefusedApp[] = []
  for (const app of found) {
    const standing = standings.get(app.organizationId)
    if (!standing || !may(actor, 'connected-apps.view', app, standing)) continue
    const sentence = !may(actor, permission, app, standing)
      ? anotherRole(permission)
      : own?.has(app.id)
        ? OWN_GAIN
        : null
    if (sentence) refused.push({ appId: app.id, name: app.name, sentence })
    else apps.push(app)
  }
  return { apps, refused }
}

/** Whoever could do this to no app at all is told at once, not app by app. */
function refuseWhoMayNowhere(
  actor: Actor,
  { standings, rootOrganizationId }: Reach,
  permission: Permission,
): void {
  const ownerId = personOf(actor) ?? undefined
  for (const [organizationId, standing] of standings) {
    if (may(actor, permission, { organizationId, rootOrganizationId, ownerId }, standing)) return
  }
  throw new Refusal('forbidden', anotherRole(permission))
}

function anotherRole(permission: Permission): string {
  return `You need another role for this: ${PERMISSIONS[permission].sentence}`
}

function chosen(
  rootOrganizationId: Id<'organization'>,
  { appIds, matching: wanted }: Selection,
): SQL | undefined {
  // None chosen are none, not all.
  if (appIds) return appIds.length > 0 ? inArray(connectedApps.id, appIds) : sql`false`
  return wanted ? matching(rootOrganizationId, wanted) : sql`false`
}

function tooMany(): Refusal {
  const most = SELECTED_APPS_MAX.toLocaleString('en')
  return new Refusal('limit-reached', `At most ${most} apps can be changed at once. Narrow the list down.`)
}
