import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { endNeedless } from './end-needless-requests.ts'
import { openAllowlist } from './open-allowlist.ts'
import { changeOf, refuseStale } from './plan-policy.ts'
import { type SetInternalAutoApprovalInput, setInternalAutoApprovalSchema } from './schema.ts'
import { seedEntries } from './seed-entries.ts'
import { setPolicy } from './set-policy.ts'

/**
 * Switches whether internal apps pass without an entry; only under Restricted. Switched off, an internal app without an
 * entry is stopped like any other for new yeses, while what people authorized before runs on; `alsoListInUse` puts those
 * on the allowlist. Refuses with `conflict` if the effect is no longer what the preview showed. Only a person switches it on, and requests for internal apps are closed with that.
 * Unchanged: nothing happens.
 */
export async function setInternalAutoApproval(
  actor: Actor,
  input: SetInternalAutoApprovalInput,
): Promise<{ listed: number }> {
  const { rootOrganizationId, isOn, alsoListInUse, expectedFingerprint } = parse(
    setInternalAutoApprovalSchema,
    input,
  )
  return transaction(async (tx) => {
    const permission = isOn ? 'allowlist.loosen-policy' : 'allowlist.change-policy'
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, permission)
    if (allowlist.mode !== 'restricted') {
      throw new Refusal('conflict', 'Internal apps are approved automatically only under Restricted.')
    }
    if (allowlist.internalAutoApproval === isOn) return { listed: 0 }
    const change = changeOf(allowlist, 'restricted', isOn)
    let listed = 0
    if (alsoListInUse && !isOn)
      listed = await seedEntries(tx, actor, allowlist, change, { expectedFingerprint, onlyInternal: true })
    else await refuseStale(tx, allowlist, change, expectedFingerprint)
    await setPolicy(tx, actor, allowlist, { internalAutoApproval: isOn })
    await record(tx, actor, {
      name: 'allowlist.internal-auto-approval-changed',
      rootOrganizationId,
      subject: allowlist.organization,
      details: { from: isOn ? 'off' : 'on', to: isOn ? 'on' : 'off', listed },
    })
    if (isOn) await endNeedless(tx, actor, rootOrganizationId)
    return { listed }
  })
}
