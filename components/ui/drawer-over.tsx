'use client'

import { Dialog as Kit } from '@base-ui/react/dialog'
import { type ReactNode, useRef } from 'react'

/** A drawer over the list: a dialog, where there is no room beside it. Loaded only there. */
export function DrawerOver({
  label,
  className,
  onClose,
  children,
}: {
  label: string
  className: string
  onClose: () => void
  children: ReactNode
}) {
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Kit.Root open onOpenChange={(open) => !open && onClose()}>
      <Kit.Portal>
        <Kit.Backdrop className="fixed inset-0 z-20 bg-scrim" />
        <Kit.Popup ref={popup} initialFocus={popup} aria-label={label} className={className}>
          {children}
        </Kit.Popup>
      </Kit.Portal>
    </Kit.Root>
  )
}
