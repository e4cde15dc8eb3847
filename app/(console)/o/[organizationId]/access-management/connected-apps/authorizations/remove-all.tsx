'use client'

import { Button } from '#components/ui/button'
import type { Id } from '#lib/base/ids'
import { useActs } from './acts.tsx'

/** Removes all that one person authorized, after asking. */
export function RemoveAll({ person }: { person: { userId: Id<'user'>; name: string } }) {
  const { ask } = useActs()
  return (
    <Button variant="danger-quiet" onClick={() => ask({ kind: 'remove-all', person })}>
      Remove all…
    </Button>
  )
}
