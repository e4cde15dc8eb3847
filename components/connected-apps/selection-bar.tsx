'use client'

import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { countText } from '#lib/base/bounded-count'
import { counted } from './app-words.tsx'
import { useSelection } from './selection.tsx'

type Props = {
  /** How many match on all pages, counted to a bound. */
  total: number
  /** What can be done with all that are chosen, as buttons. */
  children: ReactNode
}

/** At the foot of the page once apps are chosen: how many, and what can be done with all of them at once. */
export function SelectionBar({ total, children }: Props) {
  const { count, isAll, shown, ids, chooseAll, clear } = useSelection()
  if (count === 0) return null
  const areAllShown = !isAll && shown.every((id) => ids.has(id)) && total > ids.size
  return (
    <section
      data-save-bar
      aria-label="Selected apps"
      className="fixed right-0 bottom-(--foot-height,0px) left-(--side-width,0px) z-10 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-surface px-4 py-3 sm:px-8"
    >
      <p role="status" className="flex min-w-0 flex-1 basis-60 flex-wrap items-center gap-x-2">
        <span className="font-medium">
          {isAll ? `All ${countText(total)} that match` : counted(count, 'app')} selected
        </span>
        {areAllShown && (
          <Button size="small" variant="quiet" onClick={chooseAll}>
            Select all {countText(total)} that match
          </Button>
        )}
      </p>
      <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:h-11 max-sm:*:flex-1">
        {children}
        <Button variant="quiet" onClick={clear}>
          Clear
        </Button>
      </div>
    </section>
  )
}
