import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openApp } from './open-app.ts'
import { refuseOwnGain } from './refuse-own-gain.ts'
import { type AppOnlyInput, appOnlySchema } from './schema.ts'

/**
 * Takes away the mark that an app's secret should be rotated, and leaves the secret as it is: whoever may rotate it takes it
 * upon themselves that the former owner may know it. Where there is no mark nothing changes. No app does so for itself or
 * for what it registered.
 */
export async function dismissRotationMark(actor: Actor, input: AppOnlyInput): Promise<void> {
  const { appId } = parse(appOnlySchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.rotate-secret')
    if (!app.rotationDueSince) return
    await refuseOwnGain(tx, actor, appId)
    await tx.update(connectedApps).set({ rotationDueSince: null }).where(eq(connectedApps.id, appId))
    await record(tx, actor, {
      name: 'connected-app.rotation-mark-dismissed',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
      details: { markedSince: app.rotationDueSince.toISOString() },
    })
  })
}
