import type { ReactNode } from 'react'
import { Notice } from '#components/ui/notice'
import { Skeleton } from '#components/ui/skeleton'
import { NOT_COUNTED } from '../../../../use-preview.ts'

type Props = {
  isPending: boolean
  /** Nothing could be counted. */
  isAway: boolean
  refusal: { sentence: string } | null
  children: ReactNode
}

/** What an act would do, while it is being counted, when it could not be, and when the act would be refused. */
export function Effect({ isPending, isAway, refusal, children }: Props) {
  if (isPending) {
    return (
      <div role="status" aria-label="Counting what it does" className="flex flex-col gap-2">
        <Skeleton className="h-5 w-72 max-w-full" />
        <Skeleton className="h-5 w-56" />
        <Skeleton className="h-5 w-64" />
      </div>
    )
  }
  if (refusal) {
    return (
      <Notice tone="warn" isAlert>
        {refusal.sentence}
      </Notice>
    )
  }
  if (isAway) {
    return (
      <Notice tone="warn" isAlert>
        {NOT_COUNTED}
      </Notice>
    )
  }
  return children
}
