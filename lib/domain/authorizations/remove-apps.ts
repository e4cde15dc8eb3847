import { transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import type { EventName } from '../audit/events.ts'
import { recordEach } from '../audit/record.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { raiseEpochs } from '../installations/raise-epoch.ts'
import { recordRemoval } from '../installations/record-removal.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { openAuthorizedApps } from './open-authorized-apps.ts'
import { refuseNoApps, refuseStaleEffect } from './refuse-stale-effect.ts'
import { type RemoveAppsInput, removeAppsSchema } from './schema.ts'

export type AppsReceipt = {
  apps: number
  removalId: Id<'removal'>
  isBlocked: boolean
  jwtsUntil: Date | null
}

/**
 * Removes several apps for everyone in a root organization, as `removeForEveryone` does one: in one transaction, at the
 * cost of a few rows an app, with one receipt. They can be blocked with it. With a fingerprint of what was shown it
 * refuses where other apps are meant by now; it refuses where none is left.
 */
export async function removeApps(actor: Actor, input: RemoveAppsInput): Promise<AppsReceipt> {
  const { alsoBlock, expectedFingerprint, ...wish } = parse(removeAppsSchema, input)
  const { rootOrganizationId } = wish
  const { installationIds, ...ended } = await transaction(async (tx) => {
    if (alsoBlock) await checkInRoot(tx, actor, rootOrganizationId, 'installations.block')
    const { apps, fingerprint } = await openAuthorizedApps(tx, actor, wish, 'authorizations.remove')
    refuseStaleEffect(fingerprint, expectedFingerprint)
    refuseNoApps(apps)
    const installationIds = apps.map(({ installationId }) => installationId)
    await raiseEpochs(tx, actor, installationIds, { alsoBlock })
    const parts = apps.map(({ installationId, app, epoch }) => ({ installationId, appName: app.name, epoch }))
    const removalId = await recordRemoval(tx, actor, {
      rootOrganizationId,
      kind: 'apps',
      parts,
      isBlocked: alsoBlock,
    })
    const happened: EventName[] = ['authorizations.removed-for-everyone']
    if (alsoBlock) happened.push('installation.blocked')
    await recordEach(
      tx,
      actor,
      happened.flatMap((name) =>
        apps.map(({ app }) => ({
          name,
          rootOrganizationId,
          appId: app.id,
          subject: app,
          details: { removalId },
        })),
      ),
    )
    return { installationIds, removalId, apps: apps.length, isBlocked: alsoBlock }
  })
  return { ...ended, jwtsUntil: await findJwtsUntil({ installationIds }) }
}
