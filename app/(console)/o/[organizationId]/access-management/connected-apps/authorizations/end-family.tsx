'use client'

import { X } from 'lucide-react'
import { IconButton } from '#components/ui/icon-button'
import { type ActedOn, type FamilyActedOn, type PersonActedOn, useActs } from './acts.tsx'

type Props = { app: ActedOn; person: PersonActedOn; family: FamilyActedOn }

/** Ends one token family, after asking. */
export function EndFamily({ app, person, family }: Props) {
  const { ask } = useActs()
  return (
    <IconButton
      label={`End the token family from ${family.device}…`}
      icon={<X className="size-3.5" aria-hidden />}
      size="small"
      className="-mr-1.5"
      onClick={() => ask({ kind: 'end-family', app, person, family })}
    />
  )
}
