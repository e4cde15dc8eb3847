import { inArray, sql } from 'drizzle-orm'
import { transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { recordEach } from '../audit/record.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { type BulkReceipt, bulkReceipt } from './bulk-receipt.ts'
import { findJwtsUntil } from './find-jwts-until.ts'
import { openApps } from './open-apps.ts'
import { type DisableAppsInput, disableAppsSchema } from './schema.ts'

/**
 * Disables many apps everywhere, as `disableApp` does one: all of those allowed, in one transaction, with an event for each.
 * Those disabled already stay as they are. As a preview it changes nothing and says what would.
 */
export async function disableApps(actor: Actor, input: DisableAppsInput): Promise<BulkReceipt> {
  const { selection, isPreview } = parse(disableAppsSchema, input)
  const { disabled, receipt } = await transaction(async (tx) => {
    const { apps, refused } = await openApps(tx, actor, selection, { permission: 'connected-apps.disable' })
    const enabled = apps.filter((app) => !app.disabledAt)
    const receipt = bulkReceipt(enabled, apps.length - enabled.length, refused)
    if (isPreview || enabled.length === 0) return { receipt, disabled: [] }
    const disabled = enabled.map((app) => app.id)
    await tx
      .update(connectedApps)
      .set({ disabledAt: sql`now()`, disabledBy: personOf(actor) })
      .where(inArray(connectedApps.id, disabled))
    await recordEach(
      tx,
      actor,
      enabled.map((app) => ({
        name: 'connected-app.disabled',
        rootOrganizationId: app.rootOrganizationId,
        organizationId: app.organizationId,
        appId: app.id,
        subject: { id: app.id, name: app.name },
      })),
    )
    return { receipt, disabled }
  })
  return { ...receipt, jwtsUntil: await findJwtsUntil({ appIds: disabled }) }
}
