'use client'

import { Combobox as Kit } from '@base-ui/react/combobox'
import { type ReactElement, useEffect, useState } from 'react'
import { FIELD_BOX } from './field.tsx'
import type { FindChipProps, Found } from './find-chip.tsx'
import { POPUP, POPUP_ITEM } from './popup-class.ts'
import { type OpenedBy, useOpenedBy } from './use-intent.ts'
import { words } from './words.ts'

const TYPING_MILLISECONDS = 150

/** The search itself, once somebody wants it. See FindChip. */
export function FindChipOpen({
  label,
  find,
  placeholder,
  empty,
  onChange,
  trigger,
  openedBy,
}: FindChipProps & { trigger: ReactElement; openedBy: OpenedBy }) {
  const { defaultOpen, triggerElement } = useOpenedBy(openedBy)
  const [open, setOpen] = useState(defaultOpen)
  const [typed, setTyped] = useState('')
  const { found, isAway } = useFound(find, typed, open)
  return (
    <Kit.Root
      items={found ?? []}
      filter={null}
      value={null as Found | null}
      inputValue={typed}
      onInputValueChange={(next, { reason }) => reason === 'input-change' && setTyped(next)}
      onValueChange={(one) => {
        if (!one) return
        setOpen(false)
        onChange(one.value)
      }}
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        if (!next) setTyped('')
      }}
      autoHighlight
    >
      <Kit.Trigger ref={triggerElement} render={trigger} />
      <Kit.Portal>
        <Kit.Positioner align="start" sideOffset={4} className="z-40 outline-none">
          <Kit.Popup aria-label={label} className={`${POPUP} w-72`}>
            <Kit.Input
              aria-label={placeholder}
              placeholder={placeholder}
              className={`${FIELD_BOX} mb-1 h-8 px-2.5`}
            />
            <Kit.Empty>
              <p className="px-2 py-1.5 text-muted">
                {isAway ? words.searchAway : found ? empty : words.searching}
              </p>
            </Kit.Empty>
            <Kit.List className="max-h-[min(18rem,var(--available-height))] overflow-y-auto">
              {(one: Found) => (
                <Kit.Item key={one.value} value={one} className={`${POPUP_ITEM} text-ink`}>
                  <span className="min-w-0 flex-1 wrap-anywhere">
                    {one.label}
                    {one.hint && <span className="block text-meta text-muted">{one.hint}</span>}
                  </span>
                </Kit.Item>
              )}
            </Kit.List>
          </Kit.Popup>
        </Kit.Positioner>
      </Kit.Portal>
    </Kit.Root>
  )
}

/** What is found for what is typed; an answer that comes late, after more was typed, is no news. */
function useFound(find: FindChipProps['find'], typed: string, isOpen: boolean) {
  const [state, setState] = useState<{ found: Found[] | null; isAway: boolean }>({
    found: null,
    isAway: false,
  })
  useEffect(() => {
    if (!isOpen) return
    let isStale = false
    const timer = setTimeout(async () => {
      try {
        const found = await find(typed.trim())
        if (!isStale) setState({ found, isAway: false })
      } catch {
        if (!isStale) setState({ found: null, isAway: true })
      }
    }, TYPING_MILLISECONDS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [find, typed, isOpen])
  return state
}
