'use client'

import { Dialog as Kit } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'

/** A panel from the left on a phone. Following a link in it closes it. */
export function SidePanel({
  open,
  onOpenChange,
  label,
  closeLabel,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  label: string
  closeLabel: string
  children: ReactNode
}) {
  return (
    <Kit.Root open={open} onOpenChange={onOpenChange}>
      <Kit.Portal>
        <Kit.Backdrop className="fixed inset-0 z-30 bg-scrim transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0" />
        <Kit.Popup
          aria-label={label}
          onClick={(event) => {
            if ((event.target as Element).closest('a[href]')) onOpenChange(false)
          }}
          className="fixed inset-y-0 left-0 z-30 flex w-[min(20rem,88vw)] flex-col gap-3 overflow-y-auto bg-side p-3 shadow-float transition-transform duration-200 outline-none data-starting-style:-translate-x-full data-ending-style:-translate-x-full"
        >
          <Kit.Close
            aria-label={closeLabel}
            className="flex size-11 shrink-0 items-center justify-center self-end rounded-control text-ink-2 hover:bg-subtle"
          >
            <X className="size-5" aria-hidden />
          </Kit.Close>
          {children}
        </Kit.Popup>
      </Kit.Portal>
    </Kit.Root>
  )
}
