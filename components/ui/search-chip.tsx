'use client'

import { Combobox as Kit } from '@base-ui/react/combobox'
import { Check, Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import type { ComboboxOption } from './combobox.tsx'
import { FIELD_BOX } from './field.tsx'
import { POPUP, POPUP_ITEM } from './popup-class.ts'
import { words } from './words.ts'

type SearchChipProps = {
  label: string
  /** What is chosen now. */
  chosen?: ComboboxOption | undefined
  onChange: (value: string | undefined) => void
  /** What was found for what is typed, and how to find more. */
  options: ComboboxOption[]
  onSearch: (typed: string) => void
  placeholder: string
  empty: ReactNode
}

/** A filter whose values are found by typing, among however many there are. Looks like a FilterChip. */
export function SearchChip({
  label,
  chosen,
  onChange,
  options,
  onSearch,
  placeholder,
  empty,
}: SearchChipProps) {
  return (
    <span
      className={classNames(
        'inline-flex h-8 items-stretch rounded-control border border-line-2',
        chosen ? 'bg-surface' : 'border-dashed hover:bg-hover has-data-popup-open:bg-subtle',
      )}
    >
      <Kit.Root
        items={options}
        filter={null}
        value={chosen ?? null}
        isItemEqualToValue={(one: ComboboxOption, other: ComboboxOption) => one.value === other.value}
        onValueChange={(option: ComboboxOption | null) => onChange(option?.value)}
        onInputValueChange={(typed, { reason }) => reason === 'input-change' && onSearch(typed)}
        onOpenChange={(open) => open && onSearch('')}
        autoHighlight
      >
        <Kit.Trigger
          aria-label={chosen ? `${label}: ${chosen.label}` : label}
          className={classNames(
            'flex items-center gap-1.5 rounded-control pl-2.5 text-ink-2',
            !chosen && 'pr-2.5',
          )}
        >
          {!chosen && <Plus className="size-3.5" aria-hidden />}
          {label}
          {chosen && (
            <>
              <span aria-hidden className="mx-0.5 h-4 border-l border-line-2" />
              <span className="max-w-48 truncate font-medium text-ink">{chosen.label}</span>
            </>
          )}
        </Kit.Trigger>
        <Kit.Portal>
          <Kit.Positioner align="start" sideOffset={4} className="z-40 outline-none">
            <Kit.Popup aria-label={label} className={`${POPUP} w-72`}>
              <Kit.Input
                aria-label={placeholder}
                placeholder={placeholder}
                className={classNames(FIELD_BOX, 'mb-1 h-8 px-2.5')}
              />
              <Kit.Empty>
                <p className="px-2 py-1.5 text-muted">{empty}</p>
              </Kit.Empty>
              <Kit.List className="max-h-[min(20rem,calc(var(--available-height)-3rem))] overflow-y-auto">
                {(option: ComboboxOption) => (
                  <Kit.Item key={option.value} value={option} className={`${POPUP_ITEM} text-ink`}>
                    <span className="min-w-0 flex-1">
                      <span className="block truncate">{option.label}</span>
                      {option.hint && (
                        <span className="block truncate text-meta text-muted">{option.hint}</span>
                      )}
                    </span>
                    <Kit.ItemIndicator render={<Check className="size-3.5 text-accent-ink" aria-hidden />} />
                  </Kit.Item>
                )}
              </Kit.List>
            </Kit.Popup>
          </Kit.Positioner>
        </Kit.Portal>
      </Kit.Root>
      {chosen && (
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
