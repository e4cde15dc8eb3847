'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import type { Id } from '#lib/base/ids'

const RemoveEntryDialog = dynamic(() => import('./remove-entry-dialog.tsx'), { ssr: false })

type Props = {
  app: { id: Id<'app'>; name: string }
  organizationId: Id<'organization'>
  afterHref: string
}

/** The quiet red button of an entry's details; what it does is asked first. */
export function RemoveEntry(props: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="danger-quiet" className="ml-auto" onClick={() => setOpen(true)}>
        Remove from the allowlist…
      </Button>
      {isOpen && <RemoveEntryDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}
