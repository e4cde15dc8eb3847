'use client'

import { useCallback, useEffect, useRef } from 'react'

/** Later the person has long gone on, and the focus stays where they left it. */
const WITHIN_MILLISECONDS = 5_000
/** A dialog gives the focus back when it has gone, and what it gives it back to may go a moment later. */
const LOOKED_AFTER_MILLISECONDS = [0, 300, 1_000]

/**
 * Gives the focus a place when what had it has gone with an act: the row of what was acted on, or the search if the row
 * is gone, too. Returns what is to be called with each act.
 */
export function useFocusAfter(isAsking: boolean): (id: string) => void {
  const acted = useRef({ on: '', at: 0 })
  // After every drawing: the row goes only when the list has come anew.
  useEffect(() => {
    if (isAsking) acted.current.at = Date.now()
    if (isAsking || Date.now() - acted.current.at > WITHIN_MILLISECONDS) return
    const timers = LOOKED_AFTER_MILLISECONDS.map((wait) =>
      setTimeout(() => {
        if (document.activeElement === document.body) placeOf(acted.current.on)?.focus()
      }, wait),
    )
    return () => timers.forEach(clearTimeout)
  })
  return useCallback((id) => {
    acted.current = { on: id, at: Date.now() }
  }, [])
}

function placeOf(id: string): HTMLElement | null {
  const main = document.querySelector<HTMLElement>('main')
  return (
    main?.querySelector<HTMLElement>(`a[href*="=${CSS.escape(id)}"]`) ??
    main?.querySelector<HTMLElement>('input[type="search"]') ??
    main
  )
}
