'use client'

import { useQuery } from '@tanstack/react-query'
import { counted } from '#components/connected-apps/app-words'
import { jwtsUntilText } from '#components/connected-apps/jwts-until-text'
import { useSelection } from '#components/connected-apps/selection'
import { type Act, type Refused, useAct } from '#components/forms/use-act'
import { toast } from '#components/ui/toast'
import type { BulkReceipt } from '#lib/domain/connected-apps/bulk-receipt'

const AWAY: Refused = {
  code: 'unreached',
  sentence: 'What it would do could not be asked. Check your connection and open this again.',
  fields: {},
}

/**
 * A bulk act on what is selected: what it would do is asked first, by the very act with `isPreview`, whenever `input` changes
 * (null: not yet); then it is done. Afterwards nothing is selected any more, and it is said how many stayed as they were.
 */
export function useBulkAct<Input extends { isPreview?: boolean }>(
  act: Act<Input, BulkReceipt>,
  input: Input | null,
  { said, onClose }: { said: (apps: string) => string; onClose: () => void },
) {
  const { clear } = useSelection()
  const preview = useQuery({
    queryKey: ['bulk-act', input],
    queryFn: () => act({ ...(input as Input), isPreview: true }),
    enabled: input !== null,
    networkMode: 'always',
    retry: false,
    gcTime: 0,
  })
  const doing = useAct(act, ({ changed, refusedCount, jwtsUntil }) => {
    onClose()
    clear()
    const stayed = refusedCount > 0 && `${counted(refusedCount, 'app')} stayed as they were.`
    const detail = [stayed, jwtsUntilText(jwtsUntil)].filter(Boolean).join(' ') || undefined
    toast(said(counted(changed, 'app')), { detail })
  })
  const answer = preview.data
  const refused = answer?.ok === false ? answer.refusal : preview.isError ? AWAY : null
  return {
    /** Null while it is being asked. */
    effect: answer?.ok ? answer.value : null,
    refusal: doing.refusal ?? refused,
    pending: doing.pending,
    confirm: () => input && doing.run(input),
  }
}
