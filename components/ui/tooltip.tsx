'use client'

import { Tooltip as Kit } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

/** Shows a few words beside what is hovered or focused. It is no label: what it explains must have its own name. */
export function Tooltip({
  text,
  side = 'top',
  children,
}: {
  text: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  children: ReactElement
}) {
  return (
    <Kit.Root>
      <Kit.Trigger render={children} delay={400} />
      <Kit.Portal>
        <Kit.Positioner side={side} sideOffset={6} className="z-50">
          <Kit.Popup className="max-w-72 rounded-control bg-ink px-2 py-1 text-meta text-canvas shadow-float">
            {text}
          </Kit.Popup>
        </Kit.Positioner>
      </Kit.Portal>
    </Kit.Root>
  )
}
