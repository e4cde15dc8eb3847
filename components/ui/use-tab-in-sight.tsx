'use client'

import { usePathname } from 'next/navigation'
import { type RefObject, useEffect, useRef } from 'react'

/** On a phone a row of tabs is wider than the screen: the present one comes into sight. Sideways only. */
export function useTabInSight(): RefObject<HTMLDivElement | null> {
  const pathname = usePathname()
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another present tab
  useEffect(() => {
    const row = box.current?.querySelector('nav')
    const tab = row?.querySelector<HTMLElement>('[aria-current=page]')
    if (row && tab) row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2
  }, [pathname])
  return box
}
