'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { PersonLine } from '#components/ui/person-line'
import { onDemand, useOnDemand } from '../ui/on-demand.ts'
import { ROLE } from './app-words.tsx'

export type PossibleOwner = {
  id: string
  fullName: string
  username: string
  role?: 'administrator' | 'developer'
}

type Props = {
  people: readonly PossibleOwner[]
  value: string
  onChange: (userId: string) => void
  error?: string
  hint?: string
  /** Begin with the search open: the person came to change the owner. */
  isChanging?: boolean
}

const combobox = onDemand(() => import('#components/ui/combobox').then((file) => file.Combobox))

/** The owner of an app by name and username; changed by a search in both. The search is fetched when it is wanted. */
export function OwnerField({ people, value, onChange, error, hint, isChanging = false }: Props) {
  const [isSearching, setSearching] = useState(isChanging)
  const Combobox = useOnDemand(combobox)
  const box = useRef<HTMLDivElement>(null)
  const options = useMemo(() => people.map(optionOf), [people])
  const owner = people.find(({ id }) => id === value)
  const isReady = isSearching && Combobox !== null
  useEffect(() => {
    if (isSearching) combobox.preload()
    if (isReady) box.current?.querySelector('input')?.focus()
  }, [isSearching, isReady])

  if (!isSearching || !Combobox) {
    return (
      <div className="flex flex-col gap-1.5">
        <p className="font-medium">Owner</p>
        <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
          {owner && <PersonLine name={owner.fullName} detail={owner.username} />}
          <Button
            size="small"
            pending={isSearching}
            onPointerEnter={combobox.preload}
            onFocus={combobox.preload}
            onClick={() => setSearching(true)}
          >
            Change owner
          </Button>
        </div>
        {error && <p className="text-meta text-bad">{error}</p>}
      </div>
    )
  }
  return (
    // Enter chooses from the list; it never sends the form around it.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps a key from going further
    <div ref={box} onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}>
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

function optionOf({ id, fullName, username, role }: PossibleOwner) {
  return { value: id, label: `${fullName} (${username})`, hint: role && ROLE[role] }
}
