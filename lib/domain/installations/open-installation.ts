import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { installations } from '#db/schema/installations'
import type { Id } from '../../base/ids.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Permission } from '../permissions/catalogue.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { ensureInstallation } from './ensure-installation.ts'

export type Installation = typeof installations.$inferSelect & {
  app: { id: Id<'app'>; name: string; clientId: string }
}

/**
 * The only way to hold an installation in order to change it: checks the permission in the root organization, finds
 * the app among those its people could meet, and locks the row, making it if this is the first word about the app.
 * Consents that are being recorded finish first; later ones wait for the outcome.
 */
export async function openInstallation(
  tx: Transaction,
  actor: Actor,
  { rootOrganizationId, appId }: { rootOrganizationId: Id<'organization'>; appId: Id<'app'> },
  permission: Permission,
): Promise<Installation> {
  await checkInRoot(tx, actor, rootOrganizationId, permission)
  const app = await findAppMetHere(tx, rootOrganizationId, appId)
  const id = await ensureInstallation(tx, rootOrganizationId, appId)
  const [row] = await tx.select().from(installations).where(eq(installations.id, id)).for('update')
  if (!row) throw new Error('An installation is never deleted.')
  return { ...row, app }
}

/** An app of another organization for that organization alone cannot be met here, so it is not here. */
async function findAppMetHere(
  tx: Transaction,
  rootOrganizationId: Id<'organization'>,
  appId: Id<'app'>,
): Promise<Installation['app']> {
  const [app] = await tx
    .select({
      id: connectedApps.id,
      name: connectedApps.name,
      clientId: connectedApps.clientId,
      audience: connectedApps.audience,
      ownerRootId: connectedApps.rootOrganizationId,
      installationId: installations.id,
    })
    .from(connectedApps)
    .leftJoin(
      installations,
      and(
        eq(installations.appId, connectedApps.id),
        eq(installations.rootOrganizationId, rootOrganizationId),
      ),
    )
    .where(and(eq(connectedApps.id, appId), isNull(connectedApps.endedAt)))
  const isMetHere =
    app && (app.audience === 'everyone' || app.ownerRootId === rootOrganizationId || app.installationId)
  if (!isMetHere) throw new Refusal('not-found', 'There is no such app here.')
  return { id: app.id, name: app.name, clientId: app.clientId }
}
