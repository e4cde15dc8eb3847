'use client'

import { useQuery } from '@tanstack/react-query'
import type { Removal } from '#lib/domain/installations/get-removal'
import { readApi } from '../../../../../read-api.ts'

const EVERY_MILLISECONDS = 700

/** A receipt, asked for again and again until all that ended is counted. Null: there is none. */
export function useRemoval(organizationId: string, removalId: string | null, initial?: Removal) {
  return useQuery({
    queryKey: ['removal-receipt', organizationId, removalId],
    queryFn: () => readApi<Removal>(`/organizations/${organizationId}/removals/${removalId}`),
    enabled: removalId !== null,
    initialData: initial,
    initialDataUpdatedAt: 0,
    refetchInterval: ({ state }) => (state.data?.isCounted ? false : EVERY_MILLISECONDS),
  })
}
