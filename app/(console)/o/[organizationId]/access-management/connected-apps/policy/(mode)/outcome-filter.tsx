'use client'

import type { PreviewedApp } from '#lib/domain/allowlist/preview-policy'
import type { Outcome } from '#lib/domain/allowlist/rules'
import { OUTCOME, OUTCOMES } from './outcome-words.ts'

type Props = {
  apps: readonly PreviewedApp[]
  value: Outcome | null
  onChange: (outcome: Outcome | null) => void
}

/** All apps, or those one thing becomes of. With one thing for all there is nothing to choose. */
export function OutcomeFilter({ apps, value, onChange }: Props) {
  const there = OUTCOMES.filter((outcome) => apps.some((app) => app.outcome === outcome))
  if (there.length < 2) return <span />
  const choices = [
    { outcome: null, word: 'All', count: apps.length },
    ...there.map((outcome) => ({
      outcome,
      word: OUTCOME[outcome].filter,
      count: apps.filter((app) => app.outcome === outcome).length,
    })),
  ]
  return (
    <fieldset className="fade-at-ends flex min-w-0 gap-0.5 overflow-x-auto [scrollbar-width:none]">
      <legend className="sr-only">Which apps to show</legend>
      {choices.map(({ outcome, word, count }) => (
        <button
          key={word}
          type="button"
          aria-pressed={value === outcome}
          onClick={() => onChange(outcome)}
          className="flex h-7 shrink-0 items-center gap-1.5 rounded-control px-2.5 text-ink-2 -outline-offset-2 hover:bg-hover hover:text-ink aria-pressed:bg-subtle aria-pressed:font-medium aria-pressed:text-ink"
        >
          {word} <span className="font-normal text-muted">{count.toLocaleString('en')}</span>
        </button>
      ))}
    </fieldset>
  )
}
