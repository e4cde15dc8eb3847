'use client'

import type { ListedRemoval } from '#lib/domain/installations/list-removals'
import { amountText } from './removal-words.ts'
import { useRemoval } from './use-removal.ts'

/** How much a removal ended; counted on while one looks. */
export function AmountEnded({ organizationId, removal }: { organizationId: string; removal: ListedRemoval }) {
  const { data } = useRemoval(organizationId, removal.isCounted ? null : removal.removalId)
  return amountText(data ?? removal)
}
