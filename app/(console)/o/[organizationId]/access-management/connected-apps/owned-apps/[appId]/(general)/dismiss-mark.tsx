'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import type { Id } from '#lib/base/ids'
import type { MarkCause } from '#lib/domain/connected-apps/mark-causes'

const DismissMarkDialog = dynamic(() => import('../../dismiss-mark-dialog.tsx'), { ssr: false })

type Props = { app: { id: Id<'app'>; name: string }; because: MarkCause | null }

/** The quiet way out of the mark, beside rotating. */
export function DismissMark({ app, because }: Props) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
      <Button size="small" variant="quiet" onClick={() => setIsAsking(true)}>
        Dismiss…
      </Button>
      {isAsking && <DismissMarkDialog app={app} because={because} onClose={() => setIsAsking(false)} />}
    </>
  )
}
