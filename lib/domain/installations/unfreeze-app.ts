import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseOwnGain } from '../connected-apps/refuse-own-gain.ts'
import type { Actor } from '../permissions/actor.ts'
import { markUnfrozen } from './mark-unfrozen.ts'
import { openInstallation } from './open-installation.ts'
import { type InstallationOf, installationOfSchema } from './schema.ts'

/**
 * Unfreezes an app: what was not ended meanwhile works again. An app may not unfreeze itself.
 */
export async function unfreezeApp(actor: Actor, input: InstallationOf): Promise<void> {
  const named = parse(installationOfSchema, input)
  await transaction(async (tx) => {
    const installation = await openInstallation(tx, actor, named, 'installations.freeze')
    await refuseOwnGain(tx, actor, installation.appId)
    if (!installation.frozenAt) return
    await markUnfrozen(tx, [installation.id])
    await record(tx, actor, {
      name: 'installation.unfrozen',
      rootOrganizationId: installation.rootOrganizationId,
      appId: installation.appId,
      subject: installation.app,
    })
  })
}
