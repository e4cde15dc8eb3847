import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { markBlocked } from './mark-blocked.ts'
import { openInstallation } from './open-installation.ts'
import { type InstallationOf, installationOfSchema } from './schema.ts'

/**
 * Blocks an app in one root organization: every authorization and token of its people ends, and new ones are refused
 * until somebody unblocks it. An app that is blocked already stays as it is.
 */
export async function blockApp(actor: Actor, input: InstallationOf): Promise<void> {
  const named = parse(installationOfSchema, input)
  await transaction(async (tx) => {
    const installation = await openInstallation(tx, actor, named, 'installations.block')
    if (!(await markBlocked(tx, actor, installation))) return
    await record(tx, actor, {
      name: 'installation.blocked',
      rootOrganizationId: installation.rootOrganizationId,
      appId: installation.appId,
      subject: installation.app,
    })
  })
}
