import { eq } from 'drizzle-orm'
import { transaction } from '#db/client'
import { appLogos } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openApp } from './open-app.ts'
import { type AppOnlyInput, appOnlySchema } from './schema.ts'

/** Takes an app's logo away: its initials stand in its place again. An app without one stays as it is. */
export async function removeLogo(actor: Actor, input: AppOnlyInput): Promise<void> {
  const { appId } = parse(appOnlySchema, input)
  await transaction(async (tx) => {
    const app = await openApp(tx, actor, appId, 'connected-apps.update')
    const removed = await tx
      .delete(appLogos)
      .where(eq(appLogos.appId, appId))
      .returning({ appId: appLogos.appId })
    if (removed.length === 0) return
    await record(tx, actor, {
      name: 'connected-app.logo-removed',
      rootOrganizationId: app.rootOrganizationId,
      organizationId: app.organizationId,
      appId,
      subject: { id: appId, name: app.name },
    })
  })
}
