import { transaction } from '#db/client'
import type { Id } from '../../base/ids.ts'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { isLiveHere } from './is-live-here.ts'
import { markBlocked } from './mark-blocked.ts'
import { openInstallation } from './open-installation.ts'
import { recordRemoval } from './record-removal.ts'
import { type InstallationOf, installationOfSchema } from './schema.ts'

/** Names the receipt of what the block ended; null where nobody used it. */
type Blocked = { removalId: Id<'removal'> | null }

/**
 * Blocks an app in one root organization: every authorization and token of its people ends, and new ones are refused
 * until somebody unblocks it. The block takes the place of a freeze. An app that is blocked already stays as it is.
 */
export async function blockApp(actor: Actor, input: InstallationOf): Promise<Blocked> {
  const named = parse(installationOfSchema, input)
  return transaction(async (tx) => {
    const installation = await openInstallation(tx, actor, named, 'installations.block')
    const { id: installationId, epoch, rootOrganizationId, appId, app } = installation
    const isInUse = await isLiveHere(tx, installationId)
    if (!(await markBlocked(tx, actor, installation))) return { removalId: null }
    const parts = [{ installationId, appName: app.name, epoch }]
    const removalId = isInUse
      ? await recordRemoval(tx, actor, { rootOrganizationId, kind: 'app', parts, isBlocked: true })
      : null
    await record(tx, actor, {
      name: 'installation.blocked',
      rootOrganizationId,
      appId,
      subject: app,
      details: { ...(removalId && { removalId }), ...(installation.frozenAt && { endsFreeze: true }) },
    })
    return { removalId }
  })
}
