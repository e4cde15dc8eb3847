'use client'

import { useSyncExternalStore } from 'react'

/** Whether the window is at least that wide (a media query in rem). On the server it is taken to be. */
export function useIsWide(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
    () => true,
  )
}
