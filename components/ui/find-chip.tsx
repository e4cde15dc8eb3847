'use client'

import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { onDemand, useOnDemand } from './on-demand.ts'
import { useIntent } from './use-intent.ts'
import { words } from './words.ts'

const findChipOpen = onDemand(() => import('./find-chip-open.tsx').then((file) => file.FindChipOpen))

export type Found = { value: string; label: string; hint?: ReactNode }

export type FindChipProps = {
  label: string
  /** What is chosen, in words; null where nothing is. */
  chosen: string | null
  /** Finds what can be chosen by what was typed: a few, best first. */
  find: (typed: string) => Promise<Found[]>
  placeholder: string
  /** Said where nothing is found. */
  empty: string
  onChange: (value: string | undefined) => void
}

/** A filter that is found by typing, among more than a menu shows: dashed “+ Owner” when unset, solid “Owner | Ana ×” when set. */
export function FindChip(props: FindChipProps) {
  const { label, chosen, onChange } = props
  const trigger = (
    <button
      type="button"
      className={classNames(
        'flex items-center gap-1.5 rounded-control pl-2.5 text-ink-2',
        chosen === null && 'pr-2.5',
      )}
    >
      {chosen === null && <Plus className="size-3.5" aria-hidden />}
      {label}
      {chosen !== null && (
        <>
          <span aria-hidden className="mx-0.5 h-4 border-l border-line-2" />
          <span className="max-w-48 truncate font-medium text-ink">{chosen}</span>
        </>
      )}
    </button>
  )
  const { openedBy, waiting } = useIntent(trigger, findChipOpen.preload, 'dialog')
  const FindChipOpen = useOnDemand(findChipOpen)
  return (
    <span
      className={classNames(
        'inline-flex h-8 items-stretch rounded-control border border-line-2',
        chosen !== null ? 'bg-surface' : 'border-dashed hover:bg-hover has-data-popup-open:bg-subtle',
      )}
    >
      {openedBy && FindChipOpen ? <FindChipOpen {...props} trigger={trigger} openedBy={openedBy} /> : waiting}
      {chosen !== null && (
        <button
          type="button"
          aria-label={words.removeFilter(label)}
          onClick={() => onChange(undefined)}
          className="flex w-8 items-center justify-center rounded-control text-muted hover:text-ink"
        >
          <X className="size-3.5" aria-hidden />
        </button>
      )}
    </span>
  )
}
