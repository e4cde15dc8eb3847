import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { recordEach } from '../audit/record.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { markFrozen } from '../installations/mark-frozen.ts'
import type { Actor } from '../permissions/actor.ts'
import { meantBy, openAuthorizedApps } from './open-authorized-apps.ts'
import { refuseNoApps, refuseStaleEffect } from './refuse-stale-effect.ts'
import { type FreezeAppsInput, freezeAppsSchema } from './schema.ts'

export type FrozenApps = {
  /** How many were not frozen before. */
  apps: number
  /** When: given to `unfreezeApps`, it takes just that back. Null where all were frozen already. */
  frozenAt: Date | null
  /** Until when JWTs of theirs may be accepted all the same by an API that does not ask. */
  jwtsUntil: Date | null
}

/**
 * Freezes several apps for the people of a root organization, as `freezeApp` does one, in one transaction with an event for
 * each. Those frozen already stay as they are. With a fingerprint of what was shown it refuses where other apps are meant
 * by now; it refuses where none is in use.
 */
export async function freezeApps(actor: Actor, input: FreezeAppsInput): Promise<FrozenApps> {
  const { expectedFingerprint, ...wish } = parse(freezeAppsSchema, input)
  const { rootOrganizationId } = wish
  const { installationIds, ...frozen } = await transaction(async (tx) => {
    const { apps, fingerprint } = await openAuthorizedApps(tx, actor, wish, 'installations.freeze')
    refuseStaleEffect(fingerprint, expectedFingerprint)
    refuseNoApps(apps)
    const running = meantBy('freeze', apps)
    const installationIds = running.map(({ installationId }) => installationId)
    const frozenAt = await markFrozen(tx, actor, installationIds)
    await recordEach(
      tx,
      actor,
      running.map(({ app }) => ({
        name: 'installation.frozen',
        rootOrganizationId,
        appId: app.id,
        subject: app,
      })),
    )
    return { installationIds, apps: running.length, frozenAt }
  })
  return { ...frozen, jwtsUntil: await findJwtsUntil({ installationIds }) }
}
