'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { PossibleOwner } from '#components/connected-apps/possible-owner-search'
import { Button } from '#components/ui/button'
import { PersonLine } from '#components/ui/person-line'
import { Skeleton } from '#components/ui/skeleton'
import type { Id } from '#lib/base/ids'

export type OwnerChoice = {
  appId: Id<'app'>
  owner: PossibleOwner
  onChange: (person: PossibleOwner) => void
  error?: string
  hint?: string
}

const loadSearch = () => import('./owner-search.tsx').then((file) => file.OwnerSearch)
const OwnerSearch = dynamic(loadSearch, { ssr: false, loading: () => <Skeleton className="h-14 w-full" /> })

/** The owner of an app by name and username; changed by a search in both, which is fetched when it is wanted. */
export function OwnerField({ isChanging = false, ...choice }: OwnerChoice & { isChanging?: boolean }) {
  const [isSearching, setSearching] = useState(isChanging)
  if (isSearching) return <OwnerSearch {...choice} />
  return (
    <div className="flex flex-col gap-1.5">
      <p className="font-medium">Owner</p>
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <PersonLine name={choice.owner.fullName} detail={choice.owner.username} />
        <Button
          size="small"
          onPointerEnter={loadSearch}
          onFocus={loadSearch}
          onClick={() => setSearching(true)}
        >
          Change owner
        </Button>
      </div>
      {choice.error && <p className="text-meta text-bad">{choice.error}</p>}
    </div>
  )
}
