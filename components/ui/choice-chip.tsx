'use client'

import { FilterChip } from './filter-chip.tsx'

type Props = {
  label: string
  /** What can be chosen, in words. */
  words: Readonly<Record<string, string>>
  value: string | undefined
  onChange: (value: string | undefined) => void
}

/** A filter of which one value is chosen, or none. */
export function ChoiceChip({ label, words, value, onChange }: Props) {
  return (
    <FilterChip
      label={label}
      options={Object.entries(words).map(([value, one]) => ({ value, label: one }))}
      value={value === undefined ? [] : [value]}
      onChange={(chosen) => onChange(chosen.at(-1))}
    />
  )
}
