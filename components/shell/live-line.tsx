'use client'

import { RefreshCw } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { shellWords } from './words.ts'

/** A line over the foot of the page, which moves nothing: that there is something new, or that the connection is being looked for. */
export function LiveLine({ says, onShow }: { says: 'new' | 'away' | null; onShow: () => void }) {
  return (
    <div
      role="status"
      className="pointer-events-none fixed right-0 bottom-[calc(1rem+var(--foot-height,0px)+var(--acts-height,0px))] left-(--side-width,0px) z-[15] flex justify-center px-4"
    >
      {says && (
        <div className="pointer-events-auto flex min-h-10 items-center gap-2.5 rounded-box border border-line bg-surface py-1 pr-1 pl-3 shadow-float">
          {says === 'new' ? (
            <>
              <span className="text-ink-2">{shellWords.changedElsewhere}</span>
              <Button size="small" onClick={onShow}>
                {shellWords.showChanges}
              </Button>
            </>
          ) : (
            <span className="flex items-center gap-2 pr-2 text-ink-2">
              <RefreshCw aria-hidden className="motion-safe:animate-spin" />
              {shellWords.reconnecting}
            </span>
          )}
        </div>
      )}
    </div>
  )
}
