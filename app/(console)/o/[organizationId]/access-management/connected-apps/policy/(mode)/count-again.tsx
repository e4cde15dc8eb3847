'use client'

import { RotateCw } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { IconButton } from '#components/ui/icon-button'

/** Asks for the numbers anew. */
export function CountAgain() {
  const router = useRouter()
  const [isCounting, startTransition] = useTransition()
  return (
    <IconButton
      label="Count again"
      size="small"
      aria-busy={isCounting}
      icon={<RotateCw className={isCounting ? 'size-3.5 animate-spin' : 'size-3.5'} aria-hidden />}
      onClick={() => startTransition(() => router.refresh())}
    />
  )
}
