'use client'

import { Button } from '#components/ui/button'
import { type ActedOn, useActs } from './acts.tsx'

/** Lifts a block: nothing comes back by it, so nothing is asked first. */
export function Unblock({ app, size }: { app: ActedOn; size?: 'small' }) {
  const { lift } = useActs()
  return (
    <Button size={size} aria-label={`Unblock ${app.name}`} onClick={() => lift('block', app)}>
      Unblock
    </Button>
  )
}
