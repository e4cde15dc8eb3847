import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import { refuseOwnGain } from '../connected-apps/refuse-own-gain.ts'
import type { Actor } from '../permissions/actor.ts'
import { markUnblocked } from './mark-unblocked.ts'
import { openInstallation } from './open-installation.ts'
import { type InstallationOf, installationOfSchema } from './schema.ts'

/**
 * Unblocks an app: people may authorize it again, each anew, where the policy lets them. What the block ended stays
 * ended. An app may not unblock itself.
 */
export async function unblockApp(actor: Actor, input: InstallationOf): Promise<void> {
  const named = parse(installationOfSchema, input)
  await transaction(async (tx) => {
    const installation = await openInstallation(tx, actor, named, 'installations.block')
    await refuseOwnGain(tx, actor, installation.appId)
    if (!(await markUnblocked(tx, installation))) return
    await record(tx, actor, {
      name: 'installation.unblocked',
      rootOrganizationId: installation.rootOrganizationId,
      appId: installation.appId,
      subject: installation.app,
    })
  })
}
