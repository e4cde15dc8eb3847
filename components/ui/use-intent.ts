'use client'

import { cloneElement, type MouseEvent, type ReactElement, useEffect, useRef, useState } from 'react'

export type OpenedBy = 'pointer' | 'keyboard'

type Opens = 'menu' | 'dialog'
type TriggerProps = {
  'aria-haspopup'?: Opens
  'aria-expanded'?: boolean
  onPointerEnter?: () => void
  onFocus?: () => void
  onClick?: (event: MouseEvent) => void
}

/** A trigger that fetches what it opens when a pointer or the focus comes near, and says how it was pressed. */
export function useIntent(trigger: ReactElement, preload: () => void, opens: Opens = 'menu') {
  const [openedBy, setOpenedBy] = useState<OpenedBy | null>(null)
  const waiting = cloneElement(trigger as ReactElement<TriggerProps>, {
    'aria-haspopup': opens,
    'aria-expanded': false,
    onPointerEnter: preload,
    onFocus: preload,
    onClick: (event) => {
      preload()
      setOpenedBy(event.detail === 0 ? 'keyboard' : 'pointer')
    },
  })
  return { openedBy, waiting }
}

/** Opens what has just been fetched: by a press of its own where a key asked, so that the first line has the focus. */
export function useOpenedBy(openedBy: OpenedBy) {
  const triggerElement = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (openedBy === 'keyboard') triggerElement.current?.click()
  }, [openedBy])
  return { defaultOpen: openedBy === 'pointer', triggerElement }
}
