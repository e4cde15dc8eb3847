'use client'

import { Button } from '#components/ui/button'
import { LineList } from '#components/ui/section'

/** A field that was typed in here and saved otherwise elsewhere. */
export type Clash = { label: string; saved: string; onTake: () => void }

/** After a conflict: what the fields typed in here say as saved, each to be taken instead. */
export function SavedMeanwhile({ clashes }: { clashes: readonly Clash[] }) {
  if (clashes.length === 0) return null
  return (
    <LineList label="Saved meanwhile">
      {clashes.map(({ label, saved, onTake }) => (
        <li key={label} className="flex-wrap">
          <span className="min-w-0 flex-1 basis-52 [overflow-wrap:anywhere]">
            <span className="font-medium">{label}</span>{' '}
            <span className="text-ink-2">{saved ? `now says “${saved}”.` : 'is empty now.'}</span>
          </span>
          <Button size="small" onClick={onTake} aria-label={`Use that as ${label.toLowerCase()}`}>
            Use that
          </Button>
        </li>
      ))}
    </LineList>
  )
}
