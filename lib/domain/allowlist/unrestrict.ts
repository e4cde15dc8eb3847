import { transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { endNeedless } from './end-needless-requests.ts'
import { openAllowlist } from './open-allowlist.ts'
import { changeOf, refuseStale } from './plan-policy.ts'
import { type ChangePolicyInput, changePolicySchema } from './schema.ts'
import { setPolicy } from './set-policy.ts'

/**
 * Lets people authorize any app open to them again, at once. The allowlist is kept; requests that wait are closed, as nobody has to answer
 * them any more, and whoever waits is told. Refuses with
 * `conflict` if the effect is no longer what the preview showed, and every app: only a person opens the policy their
 * apps stand under. Already unrestricted: nothing changes.
 */
export async function unrestrict(actor: Actor, input: ChangePolicyInput): Promise<void> {
  const { rootOrganizationId, expectedFingerprint } = parse(changePolicySchema, input)
  await transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.loosen-policy')
    if (allowlist.mode === 'unrestricted') return
    await refuseStale(tx, allowlist, changeOf(allowlist, 'unrestricted'), expectedFingerprint)
    await setPolicy(tx, actor, allowlist, { mode: 'unrestricted' })
    await record(tx, actor, {
      name: 'allowlist.policy-changed',
      rootOrganizationId,
      subject: allowlist.organization,
      details: { before: allowlist.mode, after: 'unrestricted' },
    })
    await endNeedless(tx, actor, rootOrganizationId)
  })
}
