'use client'

import { useMemo } from 'react'
import { Combobox } from '#components/ui/combobox'
import { ROLE } from './app-words.tsx'

export type PossibleOwner = {
  id: string
  fullName: string
  username: string
  role?: 'administrator' | 'developer'
}

/** The owner of an app, found by full name or username. */
export function OwnerField({
  people,
  value,
  onChange,
  error,
  hint,
}: {
  people: readonly PossibleOwner[]
  value: string
  onChange: (userId: string) => void
  error?: string
  hint?: string
}) {
  const options = useMemo(
    () =>
      people.map((person) => ({
        value: person.id,
        label: `${person.fullName} (${person.username})`,
        hint: person.role ? ROLE[person.role] : undefined,
      })),
    [people],
  )
  return (
    // Enter chooses from the list; it never sends the form around it.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps a key from going further
    <div onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}>
      <Combobox
        label="Owner"
        hint={hint}
        error={error}
        options={options}
        value={value}
        onChange={(chosen) => chosen && onChange(chosen)}
        placeholder="Search by name or username"
        empty="Nobody who administers or develops here is called that."
      />
    </div>
  )
}
