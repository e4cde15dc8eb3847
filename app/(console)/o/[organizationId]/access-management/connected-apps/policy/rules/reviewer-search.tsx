'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Combobox } from '#components/ui/combobox'
import type { Id } from '#lib/base/ids'
import type { PossibleReviewer } from '#lib/domain/allowlist/list-possible-reviewers'
import { readApi } from '../../../../../../read-api.ts'

type Props = {
  organizationId: Id<'organization'>
  /** Those found at first, without a search. */
  first: PossibleReviewer[]
  chosen: PossibleReviewer | null
  onChange: (person: PossibleReviewer) => void
}

const EMPTY = 'Nobody who administers a business group is called that.'
const AWAY = 'The search could not be reached. Type again to try once more.'

/** Finds whom one may name a reviewer, by full name or username, among however many there are. */
export function ReviewerSearch({ organizationId, first, chosen, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const found = useQuery({
    queryKey: ['possible-reviewers', organizationId, search],
    queryFn: async () => {
      const query = new URLSearchParams({ search })
      const path = `/organizations/${organizationId}/possible-reviewers?${query}`
      return (await readApi<{ data: PossibleReviewer[] }>(path)).data
    },
    enabled: search !== '',
    placeholderData: keepPreviousData,
  })
  const people = search === '' ? first : (found.data ?? [])
  return (
    <Combobox
      label="Administrator of a business group"
      options={people.map(optionOf)}
      // What is chosen is no longer found once its words are what is searched for.
      chosen={chosen ? optionOf(chosen) : undefined}
      value={chosen?.id ?? null}
      onChange={(id) => {
        const person = people.find((one) => one.id === id)
        if (person) onChange(person)
      }}
      onSearch={setTyped}
      placeholder="Search by name or username"
      empty={found.isError ? AWAY : found.isLoading ? 'Searching…' : EMPTY}
    />
  )
}

function optionOf({ id, name, username }: PossibleReviewer) {
  return { value: id, label: `${name} (${username})` }
}
