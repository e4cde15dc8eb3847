'use client'

import { useQuery } from '@tanstack/react-query'
import { type ApiRefusal, readApiOrRefusal } from './read-api.ts'

export const NOT_COUNTED = 'What it does could not be counted. Check your connection; nothing is changed yet.'

/** What an act would do, counted when its dialog opens; or why it would be refused, in the act's own words. */
export function usePreview<T>(key: readonly string[], path: string, enabled = true) {
  const asked = useQuery({
    queryKey: ['preview', ...key],
    queryFn: () => readApiOrRefusal<T>(path),
    enabled,
    staleTime: 0,
    gcTime: 0,
    retry: 1,
    // Offline it says at once that nothing could be counted.
    networkMode: 'always',
  })
  const answer = asked.data
  const refusal: ApiRefusal | null = answer && 'refusal' in answer ? answer.refusal : null
  return {
    preview: answer && 'value' in answer ? answer.value : undefined,
    refusal,
    /** Either of both, in a sentence. */
    failure: refusal?.sentence ?? (asked.isError ? NOT_COUNTED : undefined),
    isPending: enabled && asked.isPending,
    /** At first, and whenever it is counted anew. */
    isCounting: enabled && asked.isFetching,
    isAway: asked.isError,
    /** Counts it anew: what was shown holds no more. */
    recount: () => void asked.refetch(),
  }
}
