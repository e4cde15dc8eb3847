'use client'

import { Dialog as Kit } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

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
  return (
    <Kit.Root open onOpenChange={(open) => !open && onClose()}>
      <Kit.Portal>
        <Kit.Backdrop className="fixed inset-0 z-20 bg-scrim" />
        <Kit.Popup aria-label={label} className={className}>
          {children}
        </Kit.Popup>
      </Kit.Portal>
    </Kit.Root>
  )
}
