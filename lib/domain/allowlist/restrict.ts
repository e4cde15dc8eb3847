import { type Transaction, transaction } from '#db/client'
import { parse } from '../../base/parse.ts'
import { Refusal } from '../../base/refusal.ts'
import { record } from '../audit/record.ts'
import type { Actor } from '../permissions/actor.ts'
import { checkInRoot } from '../permissions/check-root.ts'
import { endNeedless } from './end-needless-requests.ts'
import { type Allowlist, openAllowlist } from './open-allowlist.ts'
import { changeOf, refuseStale } from './plan-policy.ts'
import { type RestrictInput, restrictSchema } from './schema.ts'
import { seedEntries } from './seed-entries.ts'
import { setPolicy } from './set-policy.ts'

/**
 * Restricts what people may authorize to the application allowlist. Every app with a live authorization is listed in the
 * same transaction, with the scopes those authorizations hold, so that nothing that runs notices; a yes finished before
 * is included, one after needs an entry. The list from before is kept. Refuses with `conflict` if the effect is no longer
 * what the preview showed. `internalAutoApproval` sets that switch with it. Already restricted: nothing changes, and what asks for
 * something else than is in force is refused with `conflict`.
 */
export async function restrict(actor: Actor, input: RestrictInput): Promise<{ listed: number }> {
  const { rootOrganizationId, expectedFingerprint, internalAutoApproval } = parse(restrictSchema, input)
  return transaction(async (tx) => {
    const allowlist = await openAllowlist(tx, actor, rootOrganizationId, 'allowlist.change-policy')
    if (allowlist.mode === 'restricted') {
      await refuseOtherThanInForce(tx, allowlist, { expectedFingerprint, internalAutoApproval })
      return { listed: 0 }
    }
    const loosens = allowlist.mode === 'closed' || (internalAutoApproval && !allowlist.internalAutoApproval)
    if (loosens) await checkInRoot(tx, actor, rootOrganizationId, 'allowlist.loosen-policy')
    const change = changeOf(allowlist, 'restricted', internalAutoApproval)
    const listed = await seedEntries(tx, actor, allowlist, change, { expectedFingerprint })
    await setPolicy(tx, actor, allowlist, { mode: 'restricted', internalAutoApproval })
    await record(tx, actor, {
      name: 'allowlist.policy-changed',
      rootOrganizationId,
      subject: allowlist.organization,
      details: { before: allowlist.mode, after: 'restricted', listed },
    })
    if (internalAutoApproval !== undefined && internalAutoApproval !== allowlist.internalAutoApproval) {
      await record(tx, actor, {
        name: 'allowlist.internal-auto-approval-changed',
        rootOrganizationId,
        subject: allowlist.organization,
        details: {
          from: internalAutoApproval ? 'off' : 'on',
          to: internalAutoApproval ? 'on' : 'off',
          listed: 0,
        },
      })
    }
    await endNeedless(tx, actor, rootOrganizationId)
    return { listed }
  })
}

/** Somebody was first: whoever saw another effect, or chose another switch, would believe that theirs is what holds. */
async function refuseOtherThanInForce(
  tx: Transaction,
  allowlist: Allowlist,
  {
    expectedFingerprint,
    internalAutoApproval = allowlist.internalAutoApproval,
  }: Pick<RestrictInput, 'expectedFingerprint' | 'internalAutoApproval'>,
): Promise<void> {
  if (internalAutoApproval !== allowlist.internalAutoApproval) {
    const isOn = allowlist.internalAutoApproval ? 'on' : 'off'
    throw new Refusal(
      'conflict',
      `The policy is Restricted already, with automatic approval of internal apps ${isOn}. Look at it, then switch that by itself.`,
    )
  }
  await refuseStale(tx, allowlist, changeOf(allowlist, 'restricted'), expectedFingerprint)
}
