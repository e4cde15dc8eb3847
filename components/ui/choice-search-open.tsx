'use client'

import { Combobox as Kit } from '@base-ui/react/combobox'
import { Check } from 'lucide-react'
import { useState } from 'react'
import type { ChoiceSearchProps, SearchedOption } from './choice-search.tsx'
import { FIELD_BOX } from './field.tsx'
import { POPUP, POPUP_ITEM } from './popup-class.ts'
import { type OpenedBy, useOpenedBy } from './use-intent.ts'
import { words } from './words.ts'

/** More than anybody reads; typing finds the others. */
const SHOWN_MAX = 50

/** The search itself, once somebody wants it. See ChoiceSearch. */
export function ChoiceSearchOpen({
  label,
  trigger,
  options,
  value,
  onChange,
  placeholder,
  align = 'start',
  openedBy,
}: ChoiceSearchProps & { openedBy: OpenedBy }) {
  const { defaultOpen, triggerElement } = useOpenedBy(openedBy)
  const [open, setOpen] = useState(defaultOpen)
  const [typed, setTyped] = useState('')
  /** What was chosen when it opened stands first, and stays there: a line never moves under the pointer. */
  const [first, setFirst] = useState(value)
  const found = matching(options, typed, first)
  /** What is chosen and cannot be shown here stays chosen. */
  const unseen = value.filter((one) => !options.some((option) => option.value === one))
  return (
    <Kit.Root
      multiple
      items={found.slice(0, SHOWN_MAX)}
      filter={null}
      value={options.filter((option) => value.includes(option.value))}
      isItemEqualToValue={(one: SearchedOption, other: SearchedOption) => one.value === other.value}
      onValueChange={(chosen) => onChange([...unseen, ...chosen.map((option) => option.value)])}
      inputValue={typed}
      onInputValueChange={(next, { reason }) => reason === 'input-change' && setTyped(next)}
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (next) setFirst(value)
        else setTyped('')
      }}
    >
      <Kit.Trigger ref={triggerElement} render={trigger} />
      <Kit.Portal>
        <Kit.Positioner align={align} sideOffset={4} className="z-40 outline-none">
          <Kit.Popup aria-label={label} className={`${POPUP} w-80`}>
            <Kit.Input
              aria-label={placeholder}
              placeholder={placeholder}
              className={`${FIELD_BOX} mb-1 h-8 px-2.5`}
            />
            <Kit.Empty>
              <p className="px-2 py-1.5 text-muted">{words.noMatches}</p>
            </Kit.Empty>
            <Kit.List className="max-h-[min(18rem,calc(var(--available-height)-5rem))] overflow-y-auto">
              {(option: SearchedOption) => (
                <Kit.Item key={option.value} value={option} className={`${POPUP_ITEM} text-ink`}>
                  <span className="min-w-0 flex-1 wrap-anywhere">
                    <span className="block">{option.label}</span>
                    {option.hint && <span className="block text-meta text-muted">{option.hint}</span>}
                  </span>
                  <span className="flex w-4 justify-end">
                    <Kit.ItemIndicator render={<Check className="size-3.5 text-accent-ink" aria-hidden />} />
                  </span>
                </Kit.Item>
              )}
            </Kit.List>
            {found.length > SHOWN_MAX && (
              <p role="status" className="px-2 pt-1.5 pb-1 text-meta text-muted">
                {words.firstOf(SHOWN_MAX, found.length)}
              </p>
            )}
          </Kit.Popup>
        </Kit.Positioner>
      </Kit.Portal>
    </Kit.Root>
  )
}

/** Each word that was typed stands somewhere in the label or the hint. */
function matching(
  options: readonly SearchedOption[],
  typed: string,
  first: readonly string[],
): SearchedOption[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const isFirst = (option: SearchedOption) => first.includes(option.value)
  return options
    .filter(({ label, hint = '' }) => {
      const text = `${label} ${hint}`.toLowerCase()
      return wanted.every((word) => text.includes(word))
    })
    .toSorted((one, other) => Number(isFirst(other)) - Number(isFirst(one)))
}
