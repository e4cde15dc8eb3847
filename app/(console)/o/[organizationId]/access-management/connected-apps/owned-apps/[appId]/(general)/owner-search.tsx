'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { ROLE } from '#components/connected-apps/app-words'
import { Combobox } from '#components/ui/combobox'
import { readApi } from '../../../../../../../read-api.ts'
import type { OwnerChoice, PossibleOwner } from './owner-field.tsx'

const EMPTY = 'Nobody who administers or develops here is called that.'
const AWAY = 'The search could not be reached. Type again to try once more.'

/** Finds whom an app may be handed to, by full name or username, among however many there are. */
export function OwnerSearch({ appId, owner, onChange, error, hint }: OwnerChoice) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['possible-owners', appId, search],
    queryFn: () =>
      readApi<{ data: PossibleOwner[] }>(
        `/connected-apps/${appId}/possible-owners?search=${encodeURIComponent(search)}`,
      ),
    placeholderData: keepPreviousData,
  })
  const people = found.data?.data ?? []
  const listed = people.some(({ id }) => id === owner.id)
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
        label="Owner"
        hint={hint}
        error={error}
        options={people.map(optionOf)}
        chosen={listed ? undefined : optionOf(owner)}
        value={owner.id}
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
