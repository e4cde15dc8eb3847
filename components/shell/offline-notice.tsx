'use client'

import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { shellWords } from './words.ts'

/** Says that the connection is gone, and goes when it is back. */
export function OfflineNotice() {
  const isOnline = useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed)
      window.addEventListener('offline', changed)
      return () => {
        window.removeEventListener('online', changed)
        window.removeEventListener('offline', changed)
      }
    },
    () => navigator.onLine,
    () => true,
  )
  return (
    <div role="status">
      {!isOnline && (
        <p className="flex flex-wrap items-center gap-x-2 border-b border-warn-line bg-warn-wash px-4 py-2 sm:px-8">
          <WifiOff className="text-warn" aria-hidden />
          <span className="font-medium">{shellWords.offline}</span>
          <span className="text-ink-2">{shellWords.offlineDetail}</span>
        </p>
      )}
    </div>
  )
}
