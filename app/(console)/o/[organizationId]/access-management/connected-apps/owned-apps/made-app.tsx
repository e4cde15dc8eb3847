'use client'

import dynamic from 'next/dynamic'
import { createContext, type ReactNode, useContext, useState } from 'react'
import type { Made } from './created-app.tsx'

const CreatedApp = dynamic(() => import('./created-app.tsx'), { ssr: false })
const ShowMade = createContext<(made: Made) => void>(() => {})

/** Shows, this once, what an app was made with; it stays while the page beneath becomes the app's own. */
export const useShowMade = () => useContext(ShowMade)

export function MadeApp({ children }: { children: ReactNode }) {
  const [made, setMade] = useState<Made | null>(null)
  const close = () => {
    setMade(null)
    // What opened it is gone with its page: reading goes on at the head of the app.
    requestAnimationFrame(() => document.getElementById('main')?.focus())
  }
  return (
    <ShowMade value={setMade}>
      {children}
      {made && <CreatedApp made={made} onClose={close} />}
    </ShowMade>
  )
}
