import type { Id } from '#lib/base/ids'
import type { Mode } from '#lib/domain/allowlist/schema'
import { closeDown, openUp, restrictTo } from '../actions.ts'

type Change = {
  mode: Mode
  rootOrganizationId: Id<'organization'>
  expectedFingerprint: string
  internalAutoApproval?: boolean
}

/** Changes the mode by the verb it has; says how many apps were put on the allowlist with it. */
export async function changeMode({ mode, internalAutoApproval, ...input }: Change) {
  if (mode === 'restricted') return restrictTo({ ...input, internalAutoApproval })
  const answer = await (mode === 'closed' ? closeDown(input) : openUp(input))
  return answer.ok ? { ok: true as const, value: { listed: 0 } } : answer
}
