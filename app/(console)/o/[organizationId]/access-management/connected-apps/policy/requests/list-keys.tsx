'use client'

import type { KeyboardEvent, ReactNode } from 'react'

const STEP: Record<string, number | undefined> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }

/** Walks through the links of a list with the arrows, or j and k, while one of them has the focus; Enter opens it. */
export function ListKeys({ children }: { children: ReactNode }) {
  const walk = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = STEP[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const links = [...event.currentTarget.querySelectorAll('a')]
    const next = links[links.indexOf(document.activeElement as HTMLAnchorElement) + step]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <ul className="flex flex-col gap-0.5" onKeyDown={walk}>
      {children}
    </ul>
  )
}
