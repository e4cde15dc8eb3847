import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

/** A line that unfolds. Plain HTML `details`: works without script. */
export function Disclosure({
  summary,
  open,
  children,
}: {
  summary: ReactNode
  open?: boolean
  children: ReactNode
}) {
  return (
    <details open={open} className="group">
      <summary className="flex list-none items-center gap-3 [&::-webkit-details-marker]:hidden">
        <span className="min-w-0 flex-1">{summary}</span>
        <ChevronDown
          className="text-ink-2 transition-transform duration-150 group-open:rotate-180"
          aria-hidden
        />
      </summary>
      {children}
    </details>
  )
}
