'use client'

import { X } from 'lucide-react'
import { IconButton } from '#components/ui/icon-button'
import { type ActedOn, type PersonActedOn, useActs } from './acts.tsx'

/** Removes one person’s authorization, after asking. */
export function RemovePerson({ app, person }: { app: ActedOn; person: PersonActedOn }) {
  const { ask } = useActs()
  return (
    <IconButton
      label={`Remove ${person.name}’s authorization of ${app.name}…`}
      icon={<X className="size-3.5" aria-hidden />}
      size="small"
      className="relative z-1 -mr-1.5"
      onClick={() => ask({ kind: 'remove-person', app, person })}
    />
  )
}
