import { eq, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { openApp } from './open-app.ts'
import { type AppOnlyInput, appOnlySchema } from './schema.ts'

/**
 * Disables an app everywhere: it gets no new tokens and the live ones are inactive, until it is enabled again. Nothing
 * is lost. Disabling a disabled app changes nothing.
 */
export async function disableApp(actor: Actor, input: AppOnlyInput): Promise<void> {
  const { appId } = parse(appOnlySchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.disable')
    if (app.disabledAt) return
    await tx
      .update(connectedApps)
      .set({ disabledAt: sql`now()`, disabledBy: personOf(actor) })
      .where(eq(connectedApps.id, appId))
    await record(tx, actor, {
      name: 'connected-app.disabled',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
    })
  })
}
