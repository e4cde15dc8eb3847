import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { endEntry } from '../allowlist/end-entry.ts'
import { openAllowlist } from '../allowlist/open-allowlist.ts'
import { record } from '../audit/record.ts'
import { findJwtsUntil } from '../connected-apps/find-jwts-until.ts'
import { countEffect } from '../installations/count-effect.ts'
import { markBlocked } from '../installations/mark-blocked.ts'
import { openInstallation } from '../installations/open-installation.ts'
import { raiseEpoch } from '../installations/raise-epoch.ts'
import { recordRemoval } from '../installations/record-removal.ts'
import { RECEIPT_COUNTED_MAX } from '../installations/schema.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { refuseNothingToRemove } from './refuse-nothing-to-remove.ts'
import { type RemovalReceipt, type RemoveForEveryoneInput, removeForEveryoneSchema } from './schema.ts'

/**
 * Removes an app's authorizations for all people of one root organization, and with them every code and token: the next
 * check anywhere finds nothing, and nothing brings them back. On the same page it can be blocked, and taken off the
 * allowlist. A frozen app stays frozen, unless the block takes the place of that. Returns what it ended, what holds from now on,
 * and until when a JWT that is out may be accepted. Refuses where nobody uses it and nothing else would change: somebody else
 * was faster.
 */
export async function removeForEveryone(
  actor: Actor,
  input: RemoveForEveryoneInput,
): Promise<RemovalReceipt> {
  const { alsoBlock, alsoRemoveEntry, ...named } = parse(removeForEveryoneSchema, input)
  const { rootOrganizationId, appId } = named
  const { installationId, ...ended } = await transaction(async (tx) => {
    if (alsoBlock) await checkInRoot(tx, actor, rootOrganizationId, 'installations.block')
    // Always the policy before the installation: the order in which a consent holds them.
    const allowlist = alsoRemoveEntry
      ? await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.change-entries')
      : null
    const installation = await openInstallation(tx, actor, named, 'authorizations.remove')
    const { id: installationId, epoch } = installation
    const receipt = await countEffect(tx, { installationId, epoch }, RECEIPT_COUNTED_MAX)
    const isBlockedNow = alsoBlock && (await markBlocked(tx, actor, installation))
    const entryScopes = allowlist && (await endEntry(tx, actor, allowlist, appId))
    const isEntryRemoved = entryScopes !== null
    if (receipt.people === 0 && !isBlockedNow && !isEntryRemoved)
      return refuseNothingToRemove(tx, installation)
    if (!isBlockedNow) await raiseEpoch(tx, installation)

    const about = { rootOrganizationId, appId, subject: installation.app }
    const removalId =
      receipt.people === 0
        ? null
        : await recordRemoval(tx, actor, {
            rootOrganizationId,
            kind: 'app',
            parts: [{ installationId, appName: installation.app.name, epoch }],
            isBlocked: isBlockedNow,
            isEntryRemoved,
          })
    if (removalId)
      await record(tx, actor, {
        name: 'authorizations.removed-for-everyone',
        ...about,
        details: { ...receipt, removalId },
      })
    if (isBlockedNow)
      await record(tx, actor, {
        name: 'installation.blocked',
        ...about,
        details: { ...(removalId && { removalId }), ...(installation.frozenAt && { endsFreeze: true }) },
      })
    if (isEntryRemoved)
      await record(tx, actor, {
        name: 'allowlist.entry-removed',
        ...about,
        details: { scopes: entryScopes },
      })
    const isBlocked = isBlockedNow || installation.blockedAt !== null
    const isFrozen = installation.frozenAt !== null && !isBlocked
    return { ...receipt, installationId, removalId, isBlocked, isFrozen, isEntryRemoved }
  })
  return { ...ended, jwtsUntil: await findJwtsUntil({ installationId }) }
}
