'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { ROLE } from '#components/connected-apps/app-words'
import { Combobox } from '#components/ui/combobox'

export type PossibleOwner = {
  id: string
  fullName: string
  username: string
  role?: 'administrator' | 'developer'
}

type Props = {
  label: string
  /** Finds people by full name or username; `of` says for what, so that answers are kept apart. */
  find: (search: string) => Promise<PossibleOwner[]>
  of: string
  chosen: PossibleOwner | null
  onChange: (person: PossibleOwner) => void
  error?: string
  hint?: string
}

const EMPTY = 'Nobody who administers or develops here is called that.'
const AWAY = 'The search could not be reached. Type again to try once more.'

/** Finds whom apps may be handed to, by full name or username, among however many there are. */
export function PossibleOwnerSearch({ label, find, of, chosen, onChange, error, hint }: Props) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['possible-owners', of, search],
    queryFn: () => find(search),
    placeholderData: keepPreviousData,
  })
  const people = found.data ?? []
  const listed = people.some(({ id }) => id === chosen?.id)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const input = box.current?.querySelector('input')
    input?.focus()
    // The present owner stands in it: what is typed takes their place.
    input?.select()
  }, [])
  return (
    // Enter chooses from the list; it never sends the form around it.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps a key from going further
    <div ref={box} onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}>
      <Combobox
        label={label}
        hint={hint}
        error={error}
        options={people.map(optionOf)}
        chosen={listed || !chosen ? undefined : optionOf(chosen)}
        value={chosen?.id ?? null}
        onChange={(id) => {
          const person = people.find((one) => one.id === id)
          if (person) onChange(person)
        }}
        onSearch={setTyped}
        placeholder="Search by name or username"
        empty={found.isError ? AWAY : found.isPending ? 'Searching…' : EMPTY}
      />
    </div>
  )
}

function optionOf({ id, fullName, username, role }: PossibleOwner) {
  return { value: id, label: `${fullName} (${username})`, hint: role && ROLE[role] }
}
