import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordEach } from '../audit/record.ts'
import { itselfAndChildren, OWN_GAIN } from '../connected-apps/refuse-own-gain.ts'
import { markUnfrozen } from '../installations/mark-unfrozen.ts'
import { type Actor, personOf } from '../permissions/actor.ts'
import { meantBy, openAuthorizedApps } from './open-authorized-apps.ts'
import { refuseStaleEffect } from './refuse-stale-effect.ts'
import { type UnfreezeAppsInput, unfreezeAppsSchema } from './schema.ts'

/**
 * Unfreezes several apps for the people of a root organization, as `unfreezeApp` does one, in one transaction with an event for
 * each; with the moment that freezing them answered, only what the caller froze then. With a fingerprint of what was shown it
 * refuses where other apps are meant by now; it refuses where none is frozen. An app may not unfreeze itself.
 */
export async function unfreezeApps(actor: Actor, input: UnfreezeAppsInput): Promise<{ apps: number }> {
  const { expectedFingerprint, frozenAt, ...named } = parse(unfreezeAppsSchema, input)
  const { rootOrganizationId } = named
  return transaction(async (tx) => {
    const wish = { ...named, ...(frozenAt && { frozen: { at: frozenAt, by: personOf(actor) } }) }
    const { apps, fingerprint } = await openAuthorizedApps(tx, actor, wish, 'installations.freeze')
    refuseStaleEffect(fingerprint, expectedFingerprint)
    const frozen = meantBy('unfreeze', apps)
    if (frozen.length === 0)
      throw new Refusal('conflict', 'None of these apps is frozen: there is nothing to unfreeze.')
    const own = await itselfAndChildren(tx, actor)
    if (frozen.some(({ app }) => own.has(app.id))) throw new Refusal('forbidden', OWN_GAIN)
    await markUnfrozen(
      tx,
      frozen.map(({ installationId }) => installationId),
    )
    await recordEach(
      tx,
      actor,
      frozen.map(({ app }) => ({
        name: 'installation.unfrozen',
        rootOrganizationId,
        appId: app.id,
        subject: app,
      })),
    )
    return { apps: frozen.length }
  })
}
