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
 * Enables a disabled app: the tokens and authorizations that did not end meanwhile live again. An app may not enable what it
 * registered.
 */
export async function enableApp(actor: Actor, input: AppOnlyInput): Promise<void> {
  const { appId } = parse(appOnlySchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.disable')
    await refuseOwnGain(tx, actor, app.id)
    if (!app.disabledAt) return
    await tx
      .update(connectedApps)
      .set({ disabledAt: null, disabledBy: null })
      .where(eq(connectedApps.id, appId))
    await record(tx, actor, {
      name: 'connected-app.enabled',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
    })
  })
}
