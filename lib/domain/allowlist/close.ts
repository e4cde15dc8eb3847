import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { openAllowlist } from './open-allowlist.ts'
import { changeOf, refuseStale } from './plan-policy.ts'
import { type ChangePolicyInput, changePolicySchema } from './schema.ts'
import { setPolicy } from './set-policy.ts'

/**
 * Lets nobody authorize anything new. What people authorized before runs on, and the allowlist is kept. Refuses with
 * `conflict` if the effect is no longer what the preview showed. Already closed: nothing changes.
 */
export async function close(actor: Actor, input: ChangePolicyInput): Promise<void> {
  const { rootOrganizationId, expectedFingerprint } = parse(changePolicySchema, input)
  await transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.change-policy')
    if (allowlist.mode === 'closed') return
    await refuseStale(tx, allowlist, changeOf(allowlist, 'closed'), expectedFingerprint)
    await setPolicy(tx, actor, allowlist, { mode: 'closed' })
    await record(tx, actor, {
      name: 'allowlist.policy-changed',
      rootOrganizationId,
      subject: allowlist.organization,
      details: { before: allowlist.mode, after: 'closed' },
    })
  })
}
