import type { ReactNode } from 'react'
import { Notice } from '#components/ui/notice'
import type { Refused } from './use-act.tsx'

/** What a refusal says, read at once. Fields say theirs beneath themselves; a conflict adds that nothing typed is lost. */
export function RefusalNotice({ refusal, acts }: { refusal: Refused | null; acts?: ReactNode }) {
  if (!refusal) return null
  const isConflict = refusal.code === 'conflict'
  return (
    <Notice tone={isConflict ? 'warn' : 'bad'} isAlert acts={acts}>
      <span className="font-medium text-ink">{refusal.sentence}</span>
      {isConflict && ' What you typed is kept; all else shows what is saved now.'}
    </Notice>
  )
}
