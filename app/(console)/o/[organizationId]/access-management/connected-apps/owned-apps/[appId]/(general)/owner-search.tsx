'use client'

import { type PossibleOwner, PossibleOwnerSearch } from '#components/connected-apps/possible-owner-search'
import { readApi } from '../../../../../../../read-api.ts'
import type { OwnerChoice } from './owner-field.tsx'

/** Finds whom this app may be handed to. */
export function OwnerSearch({ appId, owner, ...rest }: OwnerChoice) {
  return (
    <PossibleOwnerSearch
      {...rest}
      label="Owner"
      of={appId}
      chosen={owner}
      find={async (search) => {
        const query = new URLSearchParams({ search })
        const path = `/connected-apps/${appId}/possible-owners?${query}`
        return (await readApi<{ data: PossibleOwner[] }>(path)).data
      }}
    />
  )
}
