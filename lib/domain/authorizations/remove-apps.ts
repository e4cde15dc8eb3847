import { transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { recordEach } from '../audit/record.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { raiseEpochs } from '../installations/raise-epoch.ts'
import { recordRemoval } from '../installations/record-removal.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { type ChosenApp, meantBy, openAuthorizedApps } from './open-authorized-apps.ts'
import { refuseNoApps, refuseStaleEffect } from './refuse-stale-effect.ts'
import { type RemoveAppsInput, removeAppsSchema } from './schema.ts'

export type AppsReceipt = {
  apps: number
  /** Null where nothing ended: they were only frozen, and are blocked now. */
  removalId: Id<'removal'> | null
  isBlocked: boolean
  /** How many of them were frozen, and stay so. */
  frozen: number
  jwtsUntil: Date | null
}

/**
 * Removes several apps for everyone in a root organization, as `removeForEveryone` does one: in one transaction, at the
 * cost of a few rows an app, with one receipt. They can be blocked with it, also those that are only frozen by now. With a
 * fingerprint of what was shown it refuses where other apps are meant by now; it refuses where none is left.
 */
export async function removeApps(actor: Actor, input: RemoveAppsInput): Promise<AppsReceipt> {
  const { alsoBlock, expectedFingerprint, ...wish } = parse(removeAppsSchema, input)
  const { rootOrganizationId } = wish
  const { installationIds, ...ended } = await transaction(async (tx) => {
    if (alsoBlock) await checkInRoot(tx, actor, rootOrganizationId, 'installations.block')
    const { apps: chosen, fingerprint } = await openAuthorizedApps(tx, actor, wish, 'authorizations.remove')
    refuseStaleEffect(fingerprint, expectedFingerprint)
    const inUse = meantBy('remove', chosen)
    const apps = meantBy(alsoBlock ? 'block' : 'remove', chosen)
    refuseNoApps(apps)
    const installationIds = apps.map(({ installationId }) => installationId)
    await raiseEpochs(tx, actor, installationIds, { alsoBlock })
    const parts = inUse.map(({ installationId, app, epoch }) => ({
      installationId,
      appName: app.name,
      epoch,
    }))
    const removalId =
      parts.length === 0
        ? null
        : await recordRemoval(tx, actor, { rootOrganizationId, kind: 'apps', parts, isBlocked: alsoBlock })
    const details = removalId ? { removalId } : {}
    const about = ({ app }: ChosenApp) => ({ rootOrganizationId, appId: app.id, subject: app })
    await recordEach(
      tx,
      actor,
      inUse.map((one) => ({ name: 'authorizations.removed-for-everyone', ...about(one), details })),
    )
    if (alsoBlock)
      await recordEach(
        tx,
        actor,
        apps.map((one) => ({
          name: 'installation.blocked',
          ...about(one),
          details: { ...details, ...(one.isFrozen && { endsFreeze: true }) },
        })),
      )
    return {
      installationIds,
      removalId,
      apps: apps.length,
      isBlocked: alsoBlock,
      frozen: alsoBlock ? 0 : apps.filter(({ isFrozen }) => isFrozen).length,
    }
  })
  return { ...ended, jwtsUntil: await findJwtsUntil({ installationIds }) }
}
