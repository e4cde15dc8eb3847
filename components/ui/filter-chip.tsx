'use client'

import { Plus, X } from 'lucide-react'
import { ChoiceMenu, type ChoiceOption } from './choice-menu.tsx'
import { classNames } from './class-names.ts'
import { words } from './words.ts'

type FilterChipProps = {
  label: string
  options: ChoiceOption[]
  value: string[]
  onChange: (value: string[]) => void
}

/** A filter in a toolbar: dashed “+ Type” when unset, solid “Residence | Finance ×” when set. */
export function FilterChip({ label, options, value, onChange }: FilterChipProps) {
  const chosen = options.filter((option) => value.includes(option.value)).map((option) => option.label)
  const isSet = chosen.length > 0
  return (
    <span
      className={classNames(
        'inline-flex h-8 items-stretch rounded-control border border-line-2',
        isSet ? 'bg-surface' : 'border-dashed hover:bg-hover has-data-popup-open:bg-subtle',
      )}
    >
      <ChoiceMenu
        multiple
        label={label}
        options={options}
        value={value}
        onChange={onChange}
        trigger={
          <button
            type="button"
            className={classNames(
              'flex items-center gap-1.5 rounded-control pl-2.5 text-ink-2',
              !isSet && 'pr-2.5',
            )}
          >
            {!isSet && <Plus className="size-3.5" aria-hidden />}
            {label}
            {isSet && (
              <>
                <span aria-hidden className="mx-0.5 h-4 border-l border-line-2" />
                <span className="max-w-48 truncate font-medium text-ink">
                  {chosen.length > 2 ? chosen.length : chosen.join(', ')}
                </span>
              </>
            )}
          </button>
        }
      />
      {isSet && (
        <button
          type="button"
          aria-label={words.removeFilter(label)}
          onClick={() => onChange([])}
          className="flex w-8 items-center justify-center rounded-control text-muted hover:text-ink"
        >
          <X className="size-3.5" aria-hidden />
        </button>
      )}
    </span>
  )
}
