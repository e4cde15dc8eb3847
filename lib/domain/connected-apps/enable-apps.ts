import { inArray } from 'drizzle-orm'
import { transaction } from '#db/client'
import { connectedApps } from '#db/schema/connected-apps'
import { parse } from '../../base/parse.ts'
import { recordEach } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { type BulkReceipt, bulkReceipt } from './bulk-receipt.ts'
import { openApps } from './open-apps.ts'
import { type EnableAppsInput, enableAppsSchema } from './schema.ts'

/**
 * Enables many apps again, as `enableApp` does one: all of those allowed, in one transaction, with an event for each. Those
 * that are not disabled stay as they are; an app may not enable itself, nor what it registered. As a preview it changes
 * nothing and says what would.
 */
export async function enableApps(actor: Actor, input: EnableAppsInput): Promise<BulkReceipt> {
  const { selection, isPreview } = parse(enableAppsSchema, input)
  return transaction(async (tx) => {
    const { apps, refused } = await openApps(tx, actor, selection, {
      permission: 'connected-apps.disable',
      isGain: true,
    })
    const disabled = apps.filter((app) => app.disabledAt)
    const receipt = bulkReceipt(disabled, apps.length - disabled.length, refused)
    if (isPreview || disabled.length === 0) return receipt
    await tx
      .update(connectedApps)
      .set({ disabledAt: null, disabledBy: null })
      .where(
        inArray(
          connectedApps.id,
          disabled.map((app) => app.id),
        ),
      )
    await recordEach(
      tx,
      actor,
      disabled.map((app) => ({
        name: 'connected-app.enabled',
        rootOrganizationId: app.rootOrganizationId,
        organizationId: app.organizationId,
        appId: app.id,
        subject: { id: app.id, name: app.name },
      })),
    )
    return receipt
  })
}
